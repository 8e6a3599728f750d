import { PROBLEMS, type ProblemKind, problemPath } from "@/lib/http/problem";
import type { Locale } from "@/lib/i18n/locales";
import { DESCRIPTION, parametersOf, problemsOf } from "@/lib/openapi/document";
import { INTAKE } from "@/lib/openapi/intake";
import type { Operation } from "@/lib/openapi/operation";
import { componentSchemas, reference } from "@/lib/openapi/schemas";
import { RU } from "./ru";

const EXAMPLE = `curl -H "Authorization: Bearer YOUR_TOKEN" "$APP_URL/api/v1/outgoing-webhook-logs?success=false&limit=50"`;

/** The content of /api/docs, made from the same operations as the OpenAPI document, in the reader's language. */
export function apiReference({ operations, locale }: { operations: readonly Operation[]; locale: Locale }) {
  return locale === "ru" ? inRussian(englishReference(operations)) : englishReference(operations);
}

type Reference = ReturnType<typeof englishReference>;

function englishReference(operations: readonly Operation[]) {
  const tags: string[] = [...new Set(operations.map((operation) => operation.tag))];
  return {
    title: "iiko-webhooks API",
    paragraphs: DESCRIPTION,
    groups: tags.map((name) => ({
      name,
      operations: operations.filter((operation) => operation.tag === name).map(toView),
    })),
    intake: INTAKE,
    problems: (Object.keys(PROBLEMS) as ProblemKind[]).map((kind) => ({
      id: problemPath(kind).split("#")[1] ?? kind,
      ...PROBLEMS[kind],
    })),
    schemas: componentSchemas(),
    shownSchemas: [
      "Webhook",
      "Attempt",
      "AttemptDetail",
      "OrderEventSummary",
      "OrderEventDetail",
      "Order",
      "OrderItem",
      "Problem",
    ],
    example: EXAMPLE,
  };
}

function inRussian(reference: Reference): Reference {
  return {
    ...reference,
    paragraphs: reference.paragraphs.map(ru),
    groups: reference.groups.map(({ name, operations }) => ({
      name: ru(name),
      operations: operations.map((operation) => ({
        ...operation,
        summary: ru(operation.summary),
        description: ru(operation.description),
        parameters: operation.parameters.map(withDescription),
        answer: { ...operation.answer, description: ru(operation.answer.description) },
        problems: operation.problems.map((problem) => ({ ...problem, title: ru(problem.title) })),
      })),
    })),
    intake: reference.intake.map((address) => ({
      ...address,
      summary: ru(address.summary),
      description: ru(address.description),
      refusals: ru(address.refusals),
    })),
    problems: reference.problems.map((problem) => ({ ...problem, title: ru(problem.title) })),
    schemas: descriptionsInRussian(reference.schemas) as Reference["schemas"],
  };
}

function ru(text: string): string {
  return RU[text] ?? text;
}

function withDescription<Parameter extends { description?: string }>(parameter: Parameter): Parameter {
  return parameter.description ? { ...parameter, description: ru(parameter.description) } : parameter;
}

function descriptionsInRussian(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(descriptionsInRussian);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      name === "description" && typeof value === "string" ? ru(value) : descriptionsInRussian(value),
    ]),
  );
}

function toView(operation: Operation) {
  const { body, answer } = operation;
  const schema = reference(answer.schema);
  return {
    id: operation.id,
    method: operation.method,
    path: `/api/v1${operation.path}`,
    summary: operation.summary,
    description: operation.description ?? "",
    role: operation.role,
    parameters: parametersOf(operation),
    ...(body ? { body: { schema: reference(body.schema), example: body.example } } : {}),
    answer: {
      status: answer.status,
      description: answer.description,
      schema: answer.isPage ? { type: "array", items: schema } : schema,
      example: answer.example,
    },
    problems: problemsOf(operation).map((kind) => PROBLEMS[kind]),
  };
}
