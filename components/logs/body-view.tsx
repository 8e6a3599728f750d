"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonView } from "@/components/webhooks/json-view";
import { prettyJson } from "@/lib/pretty-json";

type BodyViewProps = {
  label: string;
  text: string;
  title?: string;
  /** How many characters are shown; copying takes all. */
  maxShown?: number;
  note?: string | undefined;
};

/** A body as text, never as markup: indented and coloured where it is JSON, or byte for byte as it was exchanged. */
export function BodyView({ label, text, title, maxShown, note }: BodyViewProps) {
  const t = useTranslations("logs");
  const [isRaw, setIsRaw] = useState(false);
  const shown = text.slice(0, maxShown);
  const pretty = useMemo(() => prettyJson(shown), [shown]);
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex min-h-8 items-center gap-2">
        <h3 className="mr-auto font-medium text-[0.8125rem] text-muted-foreground">{title ?? t("body")}</h3>
        {pretty !== null && (
          <Button variant="ghost" size="sm" aria-pressed={isRaw} onClick={() => setIsRaw(!isRaw)}>
            {isRaw ? t("pretty") : t("raw")}
          </Button>
        )}
        <CopyButton text={text} size="icon-sm" variant="ghost" />
      </div>
      <JsonView label={label} text={isRaw ? shown : (pretty ?? shown)} isWrapped className="max-h-112" />
      {note && <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{note}</p>}
    </div>
  );
}
