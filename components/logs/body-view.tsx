"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { CodeBlock } from "./code-block";

type BodyViewProps = {
  label: string;
  text: string;
  /** The same with indentation; null when it is no JSON. */
  pretty: string | null;
  note?: string | undefined;
};

/** A body as text, never as markup: indented where it is JSON, or byte for byte as it was exchanged. */
export function BodyView({ label, text, pretty, note }: BodyViewProps) {
  const t = useTranslations("logs");
  const [isRaw, setIsRaw] = useState(false);
  return (
    <div className="grid gap-2">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className="mr-auto font-medium text-[0.8125rem] text-muted-foreground">{t("body")}</h3>
        {pretty !== null && (
          <Button variant="ghost" size="sm" aria-pressed={isRaw} onClick={() => setIsRaw(!isRaw)}>
            {isRaw ? t("pretty") : t("raw")}
          </Button>
        )}
        <CopyButton text={text} size="icon-sm" variant="ghost" />
      </div>
      <CodeBlock label={label} text={isRaw ? text : (pretty ?? text)} />
      {note && <p className="text-muted-foreground text-xs">{note}</p>}
    </div>
  );
}
