import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { createWebhook } from "@/lib/webhooks/create";
import { listWebhooks } from "@/lib/webhooks/list";
import { WebhookCreate } from "@/lib/webhooks/schema";

const WANTED = ["Senler VK Notifications", "Analytics System", "CRM Sync"];

/** The ids of three webhooks by these names, made where they are missing; switched off, for they lead nowhere. */
export async function seedWebhooks(): Promise<number[]> {
  const { items: existing } = await listWebhooks({ actor: SYSTEM_ACTOR });
  const ids: number[] = [];
  for (const name of WANTED) {
    const known = existing.find((webhook) => webhook.name === name);
    ids.push(known?.id ?? (await makeWebhook(name)));
  }
  return ids;
}

async function makeWebhook(name: string): Promise<number> {
  const input = WebhookCreate.parse({ name, webhook_url: "https://crm.example/hook", is_active: false });
  return (await createWebhook({ actor: SYSTEM_ACTOR, input })).id;
}
