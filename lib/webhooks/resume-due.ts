import { findPausesOver } from "@/db/queries/webhooks";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { logger } from "@/lib/logger";
import { updateWebhook } from "@/lib/webhooks/update";

/** Switches the webhooks on whose pause was to end by `now`, in ms since 1970, and returns them; the caller wakes the engine. */
export async function resumeDue(now = Date.now()): Promise<number[]> {
  const webhookIds = await findPausesOver(now);
  for (const webhookId of webhookIds) {
    await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active: true } });
    logger.info({ webhookId }, "a webhook is on again, as its pause was to end now");
  }
  return webhookIds;
}
