import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ACCESS } from "./product";

export type Session = { cookie: string; setCookies: string[]; error: string | null };

type Credentials = { url: string; email?: string; password?: string; headers?: Record<string, string> };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Signs in as the sign-in page's script does, without a browser, as an admin unless told otherwise. `cookie` is empty
 * when it was refused.
 */
export async function signIn({
  url,
  email = ACCESS.adminEmail,
  password = ACCESS.adminPassword,
  headers = {},
}: Credentials): Promise<Session> {
  const csrf = await readCsrf(url, headers);
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: {
      ...headers,
      cookie: csrf.cookie,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, email, password, json: "true" }),
  });
  const { url: next = "" } = (await answer.json().catch(() => ({}))) as { url?: string };
  const setCookies = [...csrf.setCookies, ...answer.headers.getSetCookie()];
  const isSignedIn = setCookies.some((cookie) => cookie.includes("session-token="));
  return {
    cookie: isSignedIn ? cookiesOf(answer) : "",
    setCookies,
    error: URL.canParse(next) ? new URL(next).searchParams.get("error") : null,
  };
}

/** What next-auth asks for before it takes a form. */
export async function readCsrf(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/api/auth/csrf`, { headers });
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { csrfToken, cookie: cookiesOf(answer), setCookies: answer.headers.getSetCookie() };
}

/** Signs the session of `cookie` out, as the panel's menu does. */
export async function signOut({ url, cookie }: { url: string; cookie: string }): Promise<Response> {
  const csrf = await readCsrf(url);
  return fetch(`${url}/api/auth/signout`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: `${cookie}; ${csrf.cookie}`, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken: csrf.csrfToken, json: "true" }),
  });
}

export type ActionAnswer = { status: number; text: string };

type ActionCall = {
  url: string;
  /** The exported name of a server action. */
  name: string;
  input: unknown;
  cookie?: string;
  headers?: Record<string, string>;
};

/** Calls a server action directly, as anybody can who reads its id out of the page's scripts. */
export async function callAction({
  url,
  name,
  input,
  cookie,
  headers = {},
}: ActionCall): Promise<ActionAnswer> {
  const answer = await fetch(`${url}/webhooks`, {
    method: "POST",
    redirect: "manual",
    headers: {
      "next-action": actionId(name),
      "content-type": "text/plain;charset=UTF-8",
      accept: "text/x-component",
      origin: url,
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    body: JSON.stringify([input]),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Every server action there is, by its exported name. */
export function actionNames(): string[] {
  return [...manifest().keys()];
}

/** The id by which a page calls a server action of this exported name. */
export function actionId(name: string): string {
  const id = manifest().get(name);
  if (!id) throw new Error(`The build has no server action ${name}; it has ${actionNames().join(", ")}.`);
  return id;
}

function manifest(): Map<string, string> {
  const file = path.join(ROOT, process.env.NEXT_DIST_DIR ?? ".next", "server/server-reference-manifest.json");
  const { node } = JSON.parse(readFileSync(file, "utf8")) as {
    node: Record<string, { exportedName?: string }>;
  };
  return new Map(Object.entries(node).map(([id, action]) => [action.exportedName ?? id, id]));
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
