import { useTranslations } from "next-intl";
import { prettyJson } from "@/lib/pretty-json";
import { JsonView } from "./json-view";

type ExchangePartProps = {
  title: string;
  line: string;
  headers: Record<string, string> | null;
  body: string | null;
};

/** A request or a response as it went over the wire: its first line, its headers and its body. */
export function ExchangePart({ title, line, headers, body }: ExchangePartProps) {
  const t = useTranslations("webhookTest");
  const lines = Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`);
  return (
    <section className="grid min-w-0 gap-1.5">
      <h3 className="font-medium text-[0.8125rem]">{title}</h3>
      <p className="break-all rounded-md border bg-muted px-3 py-2 font-mono text-xs">{line}</p>
      {lines.length > 0 && (
        <details className="group rounded-md border bg-muted px-3 py-2 text-xs">
          <summary className="rounded-sm text-muted-foreground">
            {t("headers", { count: lines.length })}
          </summary>
          <pre className="mt-2 whitespace-pre-wrap break-all font-mono">{lines.join("\n")}</pre>
        </details>
      )}
      {body ? (
        <JsonView text={prettyJson(body) ?? body} label={title} className="max-h-56" />
      ) : (
        <p className="text-muted-foreground text-xs">{t("noBody")}</p>
      )}
    </section>
  );
}
