import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { BodyView } from "./body-view";
import { HeaderTable } from "./header-table";

type ExchangeCardProps = {
  title: string;
  line: ReactNode;
  headers: Record<string, string> | null;
  /** Undefined when the reader's role may not see it. */
  body: string | null | undefined;
  hiddenText: string;
  note?: string | undefined;
};

// More is slow to lay out and nobody reads it here; the API has it whole.
const MAX_SHOWN = 100_000;

/** One direction of an exchange: its first line, its body and its headers. */
export function ExchangeCard({ title, line, headers, body, hiddenText, note }: ExchangeCardProps) {
  const t = useTranslations("logs");
  const shown = body?.slice(0, MAX_SHOWN) ?? "";
  const cut =
    body && body.length > MAX_SHOWN ? t("bodyCut", { shown: MAX_SHOWN, total: body.length }) : undefined;
  return (
    <Card>
      <CardHeader className="flex flex-wrap items-center gap-x-3">
        <CardTitle>{title}</CardTitle>
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 break-all font-mono text-xs">
          {line}
        </div>
      </CardHeader>
      <div className="grid gap-4 px-5 pb-5">
        {body === undefined && <p className="text-muted-foreground">{hiddenText}</p>}
        {body !== undefined && shown === "" && <p className="text-muted-foreground">{t("emptyBody")}</p>}
        {shown !== "" && <BodyView label={`${title}: ${t("body")}`} text={shown} note={cut ?? note} />}
        <details className="group grid gap-2" open={Object.keys(headers ?? {}).length <= 8}>
          <summary className="w-fit font-medium text-[0.8125rem] text-muted-foreground hover:text-foreground">
            {t("headers")}
            <span className="font-normal group-open:hidden">
              {": "}
              {t("headerCount", { count: Object.keys(headers ?? {}).length })}
            </span>
          </summary>
          <div className="mt-2">
            <HeaderTable headers={Object.entries(headers ?? {})} />
          </div>
        </details>
      </div>
    </Card>
  );
}
