import { findWebhook } from "@/db/queries/current-webhooks";
import { requireRole } from "@/lib/auth/actor";
import type { OneWebhook } from "@/lib/webhooks/one-webhook";
import { type Pause, toPause } from "@/lib/webhooks/pause-view";

/** How a person paused a webhook; null when it is on, was switched off otherwise, or is gone. */
export async function getPause({ actor, webhookId }: OneWebhook): Promise<Pause | null> {
  requireRole(actor, "viewer");
  const pause = (await findWebhook(webhookId))?.pause;
  return pause ? toPause(pause) : null;
}
