import { type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { forgetTokens } from "@/lib/auth/token-cache";
import { createToken } from "@/lib/auth/tokens/create";
import type { RouteHandlers } from "@/lib/http/route";
import * as api from "../[[...path]]/route";
import * as openApi from "../openapi.json/route";

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
    const segments = url.pathname.replace("/api/v1/", "").split("/").map(decodeURIComponent);
    const routes: RouteHandlers = segments[0] === "openapi.json" ? openApi : api;
    const answer = await routes[method as keyof RouteHandlers](
      requestOf({ url, method, body, headers: { ...authorization, ...headers } }),
      { params: Promise.resolve({ path: segments }) },
    );
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: asJson(text) };
  };
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
