import { findWebhook } from "@/db/queries/current-webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type Pause, toPause } from "@/lib/webhooks/pause-view";

/** How a person paused a webhook; null when it is on, was switched off otherwise, or is gone. */
export async function getPause({
  actor,
  webhookId,
}: {
  actor: Actor;
  webhookId: number;
}): Promise<Pause | null> {
  requireRole(actor, "viewer");
  const pause = (await findWebhook(webhookId))?.pause;
  return pause ? toPause(pause) : null;
}
