import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { CodeExample } from "./code-example";
import { FieldTable } from "./field-table";
import type { Schema } from "./schema";
import { useSchemaWords } from "./use-schema-words";

type Parameter = { name: string; in: string; required: boolean; schema: Schema; description?: string };

export type OperationView = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  role: string;
  parameters: Parameter[];
  body?: { schema: Schema; example: unknown };
  answer: { status: number; description: string; schema: Schema; example: unknown };
  problems: { status: number; title: string }[];
};

type OperationSectionProps = { operation: OperationView; schemas: Record<string, Schema> };

/** One operation: what it does, what it takes, what it answers. */
export function OperationSection({ operation, schemas }: OperationSectionProps) {
  const { id, method, path, summary, description, role, parameters, body, answer, problems } = operation;
  const t = useTranslations("apiDocs");
  const words = useSchemaWords();
  const toField = ({ name, in: place, required, schema, description = "" }: Parameter) => ({
    name,
    type: words.type(schema),
    limits: [t(place === "path" ? "inPath" : "inQuery"), words.limits(schema)].filter(Boolean).join("; "),
    isRequired: required,
    description,
  });
  return (
    <article id={id} className="grid scroll-mt-6 gap-4 border-t pt-6 print:break-inside-auto">
      <header className="grid gap-1.5">
        <h3 className="font-semibold text-base">{summary}</h3>
        <p className="flex flex-wrap items-center gap-2">
          <code className="break-all font-mono text-sm">
            <span className="font-semibold text-primary">{method}</span> {path}
          </code>
          <Badge variant="outline">{role}</Badge>
        </p>
        <p className="max-w-3xl text-muted-foreground">{description}</p>
      </header>
      <FieldTable caption={t("parameters")} fields={parameters.map(toField)} />
      {body && (
        <FieldTable caption={t("requestBody")} fields={words.fieldsOf({ schema: body.schema, schemas })} />
      )}
      {body && <CodeExample caption={t("request")} text={JSON.stringify(body.example, null, 2)} />}
      <CodeExample
        caption={`${answer.status} ${answer.description}: ${words.type(answer.schema)}`}
        text={JSON.stringify(answer.example, null, 2)}
      />
      <p className="text-muted-foreground text-xs">
        {t("errors")} {problems.map(({ status, title }) => `${status} ${title}`).join(" · ")}
      </p>
    </article>
  );
}
