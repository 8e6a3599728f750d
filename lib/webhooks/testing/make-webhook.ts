import type { z } from "zod";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { createWebhook } from "@/lib/webhooks/create";
import { WebhookCreate } from "@/lib/webhooks/schema";

export type WebhookFields = Partial<z.input<typeof WebhookCreate>>;

/** Makes a webhook of these fields, the others as the product itself sets them, and returns its id. */
export async function makeWebhook(fields: WebhookFields = {}): Promise<number> {
  const input = WebhookCreate.parse({ name: "CRM", webhook_url: "https://crm.example", ...fields });
  return (await createWebhook({ actor: SYSTEM_ACTOR, input })).id;
}
