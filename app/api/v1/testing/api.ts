import { type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { forgetTokens } from "@/lib/auth/token-cache";
import { createToken } from "@/lib/auth/tokens/create";
import type { Method, RouteHandler } from "@/lib/http/route";

type RouteModule = Partial<Record<Method | "OPTIONS", RouteHandler>>;

const ROUTES: [pattern: RegExp, load: () => Promise<RouteModule>][] = [
  [/^outgoing-webhooks$/, () => import("../outgoing-webhooks/route")],
  [/^outgoing-webhooks\/(?<webhookId>[^/]+)$/, () => import("../outgoing-webhooks/[webhookId]/route")],
  [
    /^outgoing-webhooks\/(?<webhookId>[^/]+)\/test$/,
    () => import("../outgoing-webhooks/[webhookId]/test/route"),
  ],
  [
    /^outgoing-webhooks\/(?<webhookId>[^/]+)\/logs$/,
    () => import("../outgoing-webhooks/[webhookId]/logs/route"),
  ],
  [
    /^outgoing-webhooks\/(?<webhookId>[^/]+)\/resend-failed$/,
    () => import("../outgoing-webhooks/[webhookId]/resend-failed/route"),
  ],
  [
    /^outgoing-webhooks\/(?<webhookId>[^/]+)\/rotate-secret$/,
    () => import("../outgoing-webhooks/[webhookId]/rotate-secret/route"),
  ],
  [/^outgoing-webhook-logs$/, () => import("../outgoing-webhook-logs/route")],
  [/^outgoing-webhook-logs\/(?<logId>[^/]+)$/, () => import("../outgoing-webhook-logs/[logId]/route")],
  [
    /^outgoing-webhook-logs\/(?<logId>[^/]+)\/resend$/,
    () => import("../outgoing-webhook-logs/[logId]/resend/route"),
  ],
  [/^order-events$/, () => import("../order-events/route")],
  [/^order-events\/(?<eventId>[^/]+)$/, () => import("../order-events/[eventId]/route")],
  [/^events$/, () => import("../events/route")],
  [/^admin\/reencrypt-secrets$/, () => import("../admin/reencrypt-secrets/route")],
  [/^openapi\.json$/, () => import("../openapi.json/route")],
  [/.*/, () => import("../[[...path]]/route")],
];

export type Answer = { status: number; headers: Headers; text: string; body: unknown };
export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** Calls the route handlers as Next would, with a new token of the role; a text body goes out as it is. */
export async function apiAs(role: Role | null): Promise<Call> {
  forgetTokens();
  const made = role && (await createToken({ actor: SYSTEM_ACTOR, input: { name: `a ${role}`, role } }));
  const authorization: Record<string, string> = made ? { authorization: `Bearer ${made.token}` } : {};
  return async (method, path, body, headers = {}) => {
    const url = new URL(path.startsWith("http") ? path : `http://api.test/api/v1/${path}`);
    const [params, route] = await find(url.pathname.replace("/api/v1/", ""));
    const handler = route[method as Method];
    if (!handler) throw new Error(`${path} exports no ${method}.`);
    const answer = await handler(
      requestOf({ url, method, body, headers: { ...authorization, ...headers } }),
      {
        params: Promise.resolve(params),
      },
    );
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: asJson(text) };
  };
}

async function find(path: string): Promise<[Record<string, string>, RouteModule]> {
  for (const [pattern, load] of ROUTES) {
    const found = pattern.exec(path);
    if (!found) continue;
    const named = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decodeURIComponent(text)]);
    return [Object.fromEntries(named) as Record<string, string>, await load()];
  }
  throw new Error(`No route takes ${path}.`);
}

type Sent = { url: URL; method: string; body: unknown; headers: Record<string, string> };

function requestOf({ url, method, body, headers }: Sent): Request {
  const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const type: Record<string, string> = text === undefined ? {} : { "content-type": "application/json" };
  return new Request(url, {
    method,
    headers: { ...type, ...headers },
    ...(text === undefined ? {} : { body: text }),
  });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
