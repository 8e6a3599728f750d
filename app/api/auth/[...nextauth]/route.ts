import { randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { answerLimited } from "@/lib/auth/answer-limited";
import { deviceCookie } from "@/lib/auth/known-device";
import { authOptions } from "@/lib/auth/options";
import { isHttps } from "@/lib/auth/origin";
import { problem } from "@/lib/http/problem";
import { isObject } from "@/lib/json-object";

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth, behind a check of what it would answer with 500 or write into the log at a stranger's word. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  const [action, ...rest] = nextauth;
  const refuse = (kind: "not_found" | "bad_request" | "method_not_allowed", detail: string) =>
    problem({ kind, detail, requestId: randomUUID() });
  // Where next-auth's script in the browser reports its errors: each would be a line of a stranger's in the log.
  if (action === "_log") return new Response(null, { status: 204 });
  if (rest.length > 1) return refuse("not_found", "There is nothing at this address.");
  if (!isCallbackUsable(request)) {
    return refuse(
      "bad_request",
      "callbackUrl must be an http(s) address, or a path that starts with a slash.",
    );
  }
  if (request.method === "GET" && action === "callback") {
    return refuse("method_not_allowed", "Signing in takes a POST.");
  }
  if (request.method === "POST" && !(await isReadable(request.clone()))) {
    return refuse(
      "bad_request",
      "The body must be a form or a JSON object of texts, as its Content-Type says.",
    );
  }
  let device: string | null = null;
  const options = authOptions(request.headers, (userId) => {
    device = deviceCookie({ userId, isSecure: isHttps(request.headers) });
  });
  const answer = await NextAuth(request, context, options);
  if (device) addCookie(answer, device);
  return answerLimited(answer);
}

// Before next-auth's own, which stay as they are: set in Next's way it would have them written anew.
function addCookie({ headers }: Response, cookie: string): void {
  const own = headers.getSetCookie();
  headers.delete("set-cookie");
  for (const one of [cookie, ...own]) headers.append("set-cookie", one);
}

// next-auth takes any other for a mistake in its configuration (core/lib/assert).
function isCallbackUsable({ nextUrl, cookies }: NextRequest): boolean {
  const asked = nextUrl.searchParams.getAll("callbackUrl");
  const kept = cookies.getAll().filter(({ name }) => name.endsWith("next-auth.callback-url"));
  return [...asked, ...kept.map(({ value }) => value)].every(
    (url) =>
      url === "" ||
      (URL.canParse(url, url.startsWith("/") ? "http://site.invalid" : undefined) &&
        /^https?:$/.test(new URL(url, "http://site.invalid").protocol)),
  );
}

/** Whether next-auth can read the body (next-auth/next/utils, getBody) and takes each of its values for a text. */
async function isReadable(request: Request): Promise<boolean> {
  const type = request.headers.get("content-type") ?? "";
  try {
    if (type.includes("application/json")) return isTexts(await request.json());
    if (type.includes("application/x-www-form-urlencoded")) await request.text();
    return true;
  } catch {
    return false;
  }
}

function isTexts(body: unknown): boolean {
  return isObject(body) && Object.values(body).every((value) => typeof value !== "object");
}

export { handle as GET, handle as POST };
