import { selectWebhook } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

/** One webhook with its statistics. Throws not_found. */
export async function getWebhook({
  actor,
  webhookId,
}: {
  actor: Actor;
  webhookId: number;
}): Promise<WebhookView> {
  requireRole(actor, "viewer");
  const found = await selectWebhook(webhookId);
  if (!found) throw noSuchWebhook(webhookId);
  return toWebhookView(found, actor);
}

export function noSuchWebhook(webhookId: number): AppError {
  return new AppError("not_found", refuse("no_webhook", { id: webhookId }));
}
