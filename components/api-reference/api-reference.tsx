import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CodeExample } from "./code-example";
import { FieldTable } from "./field-table";
import { IntakeSection, type IntakeView } from "./intake-section";
import { OperationSection, type OperationView } from "./operation-section";
import type { Schema } from "./schema";
import { useSchemaWords } from "./use-schema-words";

type ApiReferenceProps = {
  title: string;
  paragraphs: string[];
  groups: { name: string; operations: OperationView[] }[];
  intake: IntakeView[];
  problems: { id: string; status: number; title: string }[];
  schemas: Record<string, Schema>;
  shownSchemas: string[];
  example: string;
};

/** The API's description as a page to read, search and print; it needs no script. */
export function ApiReference({
  title,
  paragraphs,
  groups,
  intake,
  problems,
  schemas,
  shownSchemas,
  example,
}: ApiReferenceProps) {
  const t = useTranslations("apiDocs");
  const words = useSchemaWords();
  return (
    <div className="mx-auto grid max-w-7xl gap-8 px-4 py-8 lg:grid-cols-[15rem_minmax(0,1fr)] print:block">
      <nav
        aria-label={t("operations")}
        className="self-start text-sm lg:sticky lg:top-8 lg:max-h-[calc(100vh-4rem)] lg:overflow-y-auto print:hidden"
      >
        <Link
          href="/"
          className="mb-4 flex w-fit items-center gap-1 text-muted-foreground hover:text-foreground"
        >
          <ChevronLeft className="size-4" aria-hidden /> {t("toPanel")}
        </Link>
        <ul className="grid gap-4">
          {groups.map((group) => (
            <li key={group.name}>
              <p className="mb-1 font-semibold">{group.name}</p>
              <ul className="grid gap-0.5">
                {group.operations.map(({ id, summary }) => (
                  <li key={id}>
                    <a
                      href={`#${id}`}
                      className="block rounded-md px-2 py-1 text-muted-foreground hover:bg-accent hover:text-accent-foreground"
                    >
                      {summary}
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
          <li>
            <a href="#intake" className="font-semibold hover:underline">
              {t("intake")}
            </a>
          </li>
        </ul>
      </nav>
      <main className="grid min-w-0 gap-10">
        <header className="grid gap-3">
          <h1 className="font-semibold text-2xl">{title}</h1>
          {paragraphs.map((paragraph) => (
            <p key={paragraph} className="max-w-3xl text-muted-foreground">
              {paragraph}
            </p>
          ))}
          <p>
            <a href="/api/v1/openapi.json" className="font-medium text-primary underline underline-offset-4">
              {t("openApi")}
            </a>
          </p>
          <CodeExample caption={t("tryIt")} text={example} />
        </header>
        {groups.map((group) => (
          <section key={group.name} className="grid gap-8">
            <h2 className="font-semibold text-xl">{group.name}</h2>
            {group.operations.map((operation) => (
              <OperationSection key={operation.id} operation={operation} schemas={schemas} />
            ))}
          </section>
        ))}
        <IntakeSection intake={intake} />
        <section className="grid gap-6">
          <h2 className="font-semibold text-xl">{t("fields")}</h2>
          {shownSchemas.map((name) => (
            <FieldTable
              key={name}
              caption={name}
              fields={words.fieldsOf({ schema: schemas[name] ?? {}, schemas })}
            />
          ))}
        </section>
        <section className="grid gap-3">
          <h2 className="font-semibold text-xl">{t("problems")}</h2>
          <ul className="grid gap-1">
            {problems.map((problem) => (
              <li key={problem.id} id={problem.id}>
                <code className="font-mono text-sm">{problem.status}</code> {problem.title}
              </li>
            ))}
          </ul>
        </section>
      </main>
    </div>
  );
}
