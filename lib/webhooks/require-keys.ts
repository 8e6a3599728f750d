import { readWebhooks } from "@/db/queries/current-webhooks";
import { keyMissing } from "@/lib/crypto";
import { messageOf } from "@/lib/text";
import { webhookSecrets } from "./webhook-secrets";

const MAX_NAMED = 5;

/**
 * Throws, naming the webhooks and the way out, when ENCRYPTION_KEY does not open every stored secret: found out at
 * start, before each of their deliveries would fail.
 */
export async function requireKeysOfSecrets(): Promise<void> {
  const { webhooks } = await readWebhooks();
  const closed: string[] = [];
  let reason = "";
  for (const webhook of webhooks) {
    try {
      webhookSecrets(webhook);
    } catch (error) {
      closed.push(`${webhook.id} («${webhook.name}»)`);
      reason ||= messageOf(error);
    }
  }
  if (closed.length === 0) return;
  const named = closed.slice(0, MAX_NAMED).join(", ") + (closed.length > MAX_NAMED ? ", …" : "");
  throw keyMissing(
    `The secrets of ${closed.length} of ${webhooks.length} webhooks cannot be read: ${named}.`,
    reason,
  );
}
