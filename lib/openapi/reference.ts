import { PROBLEMS, type ProblemKind, problemPath } from "@/lib/http/problem";
import { DESCRIPTION, parametersOf, problemsOf } from "@/lib/openapi/document";
import { INTAKE } from "@/lib/openapi/intake";
import type { Operation } from "@/lib/openapi/operation";
import { componentSchemas, reference } from "@/lib/openapi/schemas";

const EXAMPLE = `curl -H "Authorization: Bearer YOUR_TOKEN" "$APP_URL/api/v1/outgoing-webhook-logs?success=false&limit=50"`;

/** The content of /api/docs, made from the same operations as the OpenAPI document. */
export function apiReference(operations: readonly Operation[]) {
  const tags = [...new Set(operations.map((operation) => operation.tag))];
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
