import { randomUUID } from "node:crypto";
import { type Actor, type Role, requireRole } from "@/lib/auth/actor";
import { authenticateToken } from "@/lib/auth/authenticate-token";
import { clientIp } from "@/lib/auth/client-ip";
import { problem, problemOf } from "@/lib/http/problem";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof METHODS)[number];

type Params = Record<string, string | string[] | undefined>;
// Next gives a route without a dynamic segment no params at all.
type Context = { params: Promise<Params | undefined> };
/** What handlers use of a web request; Node's own can be shown as one too (lib/http/answer-node). */
export type HttpRequest = Pick<Request, "method" | "url"> & {
  headers: Pick<Headers, "get">;
  body: AsyncIterable<Uint8Array> | null;
};
export type RouteHandler = (request: HttpRequest, context: Context) => Promise<Response>;
export type RouteHandlers = Record<Method | "OPTIONS", RouteHandler>;

/** Someone with a valid token of the operation's role asks for it; `texts` are the path's parameters. */
export type ApiCall = { request: HttpRequest; actor: Actor; texts: Record<string, string> };
type ApiOperation = {
  method: Method;
  path: string;
  role: Role;
  answerCall: (call: ApiCall) => Promise<Response>;
};

/**
 * The exports of `[[...path]]/route.ts`: each operation at its path, behind a bearer token of its role. A method
 * that a path does not take is answered 405, an unknown path 404; whatever is thrown, as RFC 9457 says.
 */
export function apiRoutes(operations: readonly ApiOperation[]): RouteHandlers {
  const paths = [...new Set(operations.map(({ path }) => path))].map((path) => ({
    parts: path.slice(1).split("/"),
    handlers: apiMethods(handlersOf(operations.filter((operation) => operation.path === path))),
  }));
  const unknown = apiMethods(Object.fromEntries(METHODS.map((method) => [method, unknownPath])));
  const dispatch =
    (method: keyof RouteHandlers): RouteHandler =>
    async (request, { params }) => {
      const segments = segmentsOf(await params);
      for (const { parts, handlers } of paths) {
        const texts = matchPath({ parts, segments });
        if (texts) return handlers[method](request, { params: Promise.resolve(texts) });
      }
      return unknown[method](request, { params });
    };
  return withEachMethod(dispatch);
}

/** The exports of a route.ts: its handlers, and for the other methods a 405 that says which there are. */
export function apiMethods(handlers: Partial<Record<Method, RouteHandler>>): RouteHandlers {
  const allow = [...METHODS.filter((method) => handlers[method]), "OPTIONS"].join(", ");
  const refused = answered(async ({ request, requestId }) => {
    await tokenHolder(request);
    const detail = `${request.method} is not possible here; ${allow} are.`;
    return problem({ kind: "method_not_allowed", detail, requestId, headers: { allow } });
  });
  const options: RouteHandler = async () => new Response(null, { status: 204, headers: { allow } });
  return withEachMethod((method) => (method === "OPTIONS" ? options : (handlers[method] ?? refused)));
}

function handlersOf(operations: ApiOperation[]): Partial<Record<Method, RouteHandler>> {
  return Object.fromEntries(operations.map((operation) => [operation.method, handlerOf(operation)]));
}

function handlerOf({ role, answerCall }: ApiOperation): RouteHandler {
  return answered(async ({ request, context }) => {
    const actor = await tokenHolder(request);
    requireRole(actor, role);
    const texts = (await context.params) as Record<string, string>;
    return answerCall({ request, actor, texts });
  });
}

/** Asks for a token first: a stranger does not learn which paths there are. */
const unknownPath: RouteHandler = answered(async ({ request, requestId }) => {
  await tokenHolder(request);
  const { pathname } = new URL(request.url);
  const detail = `There is nothing at ${pathname.slice(0, 200)}. /api/docs lists what there is.`;
  return problem({ kind: "not_found", detail, requestId });
});

type Answering = (call: { request: HttpRequest; context: Context; requestId: string }) => Promise<Response>;

function answered(answer: Answering): RouteHandler {
  return async (request, context) => {
    const requestId = randomUUID();
    const response = await answer({ request, context, requestId }).catch((error: unknown) =>
      problemOf({ error, requestId }),
    );
    response.headers.set("x-request-id", requestId);
    return response;
  };
}

function tokenHolder(request: HttpRequest): Promise<Actor> {
  return authenticateToken(request.headers.get("authorization"), clientIp(request.headers));
}

function segmentsOf(params: Params | undefined): string[] {
  return [params?.path ?? []].flat();
}

/** The parameters by name when the segments, already decoded, are those of the path; else null. */
function matchPath({
  parts,
  segments,
}: {
  parts: string[];
  segments: string[];
}): Record<string, string> | null {
  if (parts.length !== segments.length) return null;
  const texts: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const segment = segments[index] ?? "";
    if (part.startsWith("{")) texts[part.slice(1, -1)] = segment;
    else if (part !== segment) return null;
  }
  return texts;
}

function withEachMethod(toHandler: (method: Method | "OPTIONS") => RouteHandler): RouteHandlers {
  const entries = [...METHODS, "OPTIONS" as const].map((method) => [method, toHandler(method)]);
  return Object.fromEntries(entries) as RouteHandlers;
}
