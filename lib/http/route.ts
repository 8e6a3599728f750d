import { randomUUID } from "node:crypto";
import { type Actor, type Role, requireRole } from "@/lib/auth/actor";
import { authenticateToken } from "@/lib/auth/authenticate-token";
import { clientIp } from "@/lib/auth/client-ip";
import { problem, problemOf } from "@/lib/http/problem";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
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

export type ApiCall = {
  request: HttpRequest;
  actor: Actor;
  params: Record<string, string>;
  query: URLSearchParams;
};
type ApiHandler = (call: ApiCall) => Promise<Response>;

/** A handler behind a bearer token of at least `role`. Whatever it throws becomes an answer of RFC 9457. */
export function apiRoute({ role }: { role: Role }, handler: ApiHandler): RouteHandler {
  return answered(async ({ request, context }) => {
    const actor = await tokenHolder(request);
    requireRole(actor, role);
    const params = textParams((await context.params) ?? {});
    return handler({ request, actor, params, query: new URL(request.url).searchParams });
  });
}

/** The exports of a route.ts: its handlers, and for the other methods a 405 that says which there are. */
export function apiMethods(
  handlers: Partial<Record<Method, RouteHandler>>,
): Record<Method | "OPTIONS", RouteHandler> {
  const allow = [...METHODS.filter((method) => handlers[method]), "OPTIONS"].join(", ");
  const refused = answered(async ({ request, requestId }) => {
    await tokenHolder(request);
    const detail = `${request.method} is not possible here; ${allow} are.`;
    return problem({ kind: "method_not_allowed", detail, requestId, headers: { allow } });
  });
  const all = METHODS.map((method): [Method, RouteHandler] => [method, handlers[method] ?? refused]);
  const options: RouteHandler = async () => new Response(null, { status: 204, headers: { allow } });
  return { ...(Object.fromEntries(all) as Record<Method, RouteHandler>), OPTIONS: options };
}

/** Whoever asks for what there is not hears so as a problem, once they have shown a token. */
export const unknownPath: RouteHandler = answered(async ({ request, requestId }) => {
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

function textParams(params: Params): Record<string, string> {
  const texts = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return Object.fromEntries(texts);
}
