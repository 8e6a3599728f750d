import type { Db } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";

/** Cancels all that a webhook still has to send, in the caller's transaction. `reason` is shown in the log. */
export async function cancelPending(tx: Db, input: { webhookId: number; reason: string }): Promise<void> {
  await cancelWebhookDeliveries(tx, input);
}
