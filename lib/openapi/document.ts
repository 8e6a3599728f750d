import { isNumberParam, pathNames } from "@/lib/http/path-params";
import { PROBLEMS, type ProblemKind } from "@/lib/http/problem";
import { INTAKE } from "@/lib/openapi/intake";
import type { Operation } from "@/lib/openapi/operation";
import { componentSchemas, type JsonSchema, reference, toJsonSchema } from "@/lib/openapi/schemas";

export type ApiParameter = {
  name: string;
  in: "path" | "query";
  required: boolean;
  schema: JsonSchema;
  description?: string;
};
export const DESCRIPTION = [
  "iiko-webhooks delivers the order events of iiko-base to outside systems as webhooks.",
  "Every request needs a token: Authorization: Bearer <token>. A token has a role, and each role may do what the " +
    "ones before it may: viewer, operator, manager, admin.",
  'Lists are plain JSON arrays; where there is more, the header Link: <…>; rel="next" holds the next page\'s address.',
  "Orders are taken in at POST /e/{event_key} and, from iiko itself, at POST /iiko/{event_key}, with the event key in " +
    "the address instead of a token: x-intake in the OpenAPI document, «Intake» on the page /api/docs.",
  "Times are ISO 8601 in UTC. Errors are RFC 9457 problems; each answer's X-Request-Id finds it in the server's log.",
];

/** The OpenAPI 3.1 document, made from the same schemas that check the requests. */
export function openApiDocument(operations: readonly Operation[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method.toLowerCase()]: describe(operation),
    };
  }
  return {
    openapi: "3.1.0",
    info: { title: "iiko-webhooks", version: "1.0", description: DESCRIPTION.join("\n\n") },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }],
    tags: [{ name: "Webhooks" }, { name: "Log" }, { name: "Order events" }, { name: "Administration" }],
    paths,
    "x-intake": INTAKE,
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", description: "An API token; an admin makes it." },
      },
    },
  };
}

function describe(operation: Operation) {
  const { id, tag, summary, description, role, body, answer } = operation;
  const schema = reference(answer.schema);
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, `Needs the role ${role} or higher.`].filter(Boolean).join(" "),
    "x-role": role,
    parameters: parametersOf(operation),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: json({ schema: reference(body.schema), example: body.example }),
          },
        }
      : {}),
    responses: {
      [answer.status]: {
        description: answer.description,
        ...(answer.isPage ? { headers: { Link: LINK } } : {}),
        content: json({
          schema: answer.isPage ? { type: "array", items: schema } : schema,
          example: answer.example,
        }),
      },
      ...Object.fromEntries(
        problemsOf(operation).map((kind) => [PROBLEMS[kind].status, problemAnswer(kind)]),
      ),
    },
  };
}

export function parametersOf({ path, query }: Pick<Operation, "path" | "query">): ApiParameter[] {
  const inPath = pathNames(path).map((name): ApiParameter => {
    const schema = isNumberParam(name) ? { type: "integer", minimum: 1 } : { type: "string" };
    return { name, in: "path", required: true, schema };
  });
  const properties = (query ? toJsonSchema(query).properties : {}) as Record<string, JsonSchema>;
  const inQuery = Object.entries(properties).map(([name, { description, ...schema }]): ApiParameter => {
    return {
      name,
      in: "query",
      required: false,
      schema,
      ...(description ? { description: String(description) } : {}),
    };
  });
  return [...inPath, ...inQuery];
}

export function problemsOf({ path, query, body, problems = [] }: Operation): ProblemKind[] {
  const kinds = new Set<ProblemKind>(["unauthorized", "forbidden", "rate_limited", "internal", ...problems]);
  const names = pathNames(path);
  if (names.length > 0) kinds.add("not_found");
  if (body)
    for (const kind of ["bad_request", "too_large", "unsupported_media_type"] as const) kinds.add(kind);
  if (body || query || names.some(isNumberParam)) kinds.add("invalid");
  return [...kinds].sort((a, b) => PROBLEMS[a].status - PROBLEMS[b].status);
}

function problemAnswer(kind: ProblemKind) {
  const headers =
    kind === "unauthorized" ? { headers: { "WWW-Authenticate": { schema: { type: "string" } } } } : {};
  return {
    description: PROBLEMS[kind].title,
    ...headers,
    content: { "application/problem+json": { schema: reference("Problem") } },
  };
}

const LINK = {
  description: 'The next page: <address>; rel="next". Absent on the last one.',
  schema: { type: "string" },
};

function json({ schema, example }: { schema: JsonSchema; example: unknown }) {
  return { "application/json": { schema, example } };
}
