import { selectWebhooks } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

/** Webhooks with their statistics, newest first: all, or only those that are switched on or off. */
export async function listWebhooks({
  actor,
  isActive,
}: {
  actor: Actor;
  isActive?: boolean | undefined;
}): Promise<WebhookView[]> {
  requireRole(actor, "viewer");
  return (await selectWebhooks({ isActive })).map((found) => toWebhookView(found, actor));
}
