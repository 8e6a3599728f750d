import { selectWebhook } from "@/db/queries/webhooks";
import { requireRole } from "@/lib/auth/actor";
import { noSuchWebhook, type OneWebhook } from "@/lib/webhooks/one-webhook";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

/** One webhook with its statistics. Throws not_found. */
export async function getWebhook({ actor, webhookId }: OneWebhook): Promise<WebhookView> {
  requireRole(actor, "viewer");
  const found = await selectWebhook(webhookId);
  if (!found) throw noSuchWebhook(webhookId);
  return toWebhookView(found, actor);
}
