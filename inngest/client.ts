import { Inngest } from "inngest";
import { env } from "@/lib/env";

/** Inngest's dev mode, which asks for no keys and runs whatever `/api/inngest` is sent: INNGEST_DEV is 1 or a URL. */
export function isInngestDev(): boolean {
  const { INNGEST_DEV } = env();
  return INNGEST_DEV !== undefined && INNGEST_DEV !== "0" && INNGEST_DEV !== "false";
}

/** True as soon as an Inngest is at hand: INNGEST_DEV, or the keys. Otherwise the embedded engine runs. */
export function isInngestConfigured(): boolean {
  return isInngestDev() || env().INNGEST_SIGNING_KEY !== undefined;
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
  client ??= new Inngest({ id: "iiko-webhooks", isDev: isInngestDev() });
  return client;
}
