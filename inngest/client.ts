import { Inngest } from "inngest";
import { env } from "@/lib/env";

const ANSWER_WITHIN_MS = 30_000;

/** Inngest's dev mode, which asks for no keys and runs whatever `/api/inngest` is sent: INNGEST_DEV is 1 or a URL. */
export function isInngestDev(): boolean {
  return env().INNGEST_DEV !== undefined;
}

/** True as soon as an Inngest is at hand: INNGEST_DEV, or the keys. Otherwise the embedded engine runs. */
export function isInngestConfigured(): boolean {
  return isInngestDev() || env().INNGEST_SIGNING_KEY !== undefined;
}

/** Inngest Cloud, which counts executions, and not a server of one's own. */
export function isInngestCloud(): boolean {
  return isInngestConfigured() && !isInngestDev() && env().INNGEST_BASE_URL === undefined;
}

/**
 * The origin under which Inngest is told to call `/api/inngest`: INNGEST_SERVE_ORIGIN, else outside of dev mode that
 * of APP_URL. Undefined where neither is set: the SDK would then believe the Host of whoever asks to register.
 */
export function pinnedServeOrigin(): string | undefined {
  const { INNGEST_SERVE_ORIGIN, APP_URL } = env();
  if (INNGEST_SERVE_ORIGIN) return new URL(INNGEST_SERVE_ORIGIN).origin;
  return APP_URL && !isInngestDev() ? new URL(APP_URL).origin : undefined;
}

let client: Inngest | undefined;

/** The client; it reads INNGEST_BASE_URL and the keys from the environment by itself. */
export function inngestClient(): Inngest {
  client ??= new Inngest({ id: "iiko-webhooks", isDev: isInngestDev(), fetch: askInngest });
  return client;
}

/** The SDK waits for an answer for ever, and takes one of any status for a registration. */
async function askInngest(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const response = await fetch(input, { ...init, signal });
  const isRegistering = new URL(response.url).pathname.endsWith("/fn/register");
  if (isRegistering && !response.ok) throw new Error(`Inngest answered ${response.status}`);
  return response;
}
