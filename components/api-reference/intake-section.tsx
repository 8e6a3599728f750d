import { useTranslations } from "next-intl";
import { CodeExample } from "./code-example";

export type IntakeView = {
  method: string;
  path: string;
  summary: string;
  description: string;
  example?: unknown;
  answer: unknown;
  refusals: string;
};

/** The addresses that take orders in; they need no token. */
export function IntakeSection({ intake }: { intake: IntakeView[] }) {
  const t = useTranslations("apiDocs");
  return (
    <section id="intake" className="grid scroll-mt-5 gap-8">
      <h2 className="font-semibold text-xl">{t("intake")}</h2>
      {intake.map(({ method, path, summary, description, example, answer, refusals }) => (
        <article key={path} className="grid gap-3">
          <h3 className="font-semibold text-lg">{summary}</h3>
          <p>
            <code className="font-mono text-sm">
              {method} {path}
            </code>
          </p>
          <p className="max-w-3xl text-muted-foreground">
            {description} {refusals}
          </p>
          {example !== undefined && (
            <CodeExample caption={t("requestBody")} text={JSON.stringify(example, null, 2)} />
          )}
          <CodeExample caption="200" text={JSON.stringify(answer, null, 2)} />
        </article>
      ))}
    </section>
  );
}
