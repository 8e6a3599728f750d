import { Inngest } from "inngest";
import { env } from "@/lib/env";

/** True as soon as an Inngest is at hand: INNGEST_DEV, or the keys. Otherwise the embedded engine runs. */
export function isInngestConfigured(): boolean {
  const { INNGEST_DEV, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = env();
  const isDev = INNGEST_DEV !== undefined && INNGEST_DEV !== "0" && INNGEST_DEV !== "false";
  return isDev || INNGEST_SIGNING_KEY !== undefined || INNGEST_EVENT_KEY !== undefined;
}

export const inngest = new Inngest({ id: "iiko-webhooks" });
