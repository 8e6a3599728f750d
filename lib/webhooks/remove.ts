import { db } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";
import { deleteLogBatch, deleteWebhook } from "@/db/queries/webhooks";
import { requireRole } from "@/lib/auth/actor";
import { logger } from "@/lib/logger";
import { workInBatches } from "@/lib/pace";
import { refuse } from "@/lib/refusals/refuse";
import { lockExisting, type OneWebhook } from "@/lib/webhooks/one-webhook";
import { recordChange } from "@/lib/webhooks/record-change";

// About 20 ms of work (measured on PGlite), in which the embedded database serves nobody else.
const BATCH_ROWS = 200;

/**
 * Deletes a webhook; its log is gone for every reader at once. The rows of a long log are deleted after the
 * answer, in batches. Throws forbidden below manager, and not_found.
 */
export async function removeWebhook({ actor, webhookId }: OneWebhook): Promise<void> {
  requireRole(actor, "manager");
  await db().transaction(async (tx) => {
    const { webhook } = await lockExisting(tx, webhookId);
    await cancelWebhookDeliveries(tx, { webhookId, refusal: refuse("webhook_deleted") });
    await deleteWebhook(tx, webhookId);
    await recordChange(tx, { actor, action: "webhook.delete", webhook });
  });
  const isLong = (await deleteLogBatch({ webhookId, limit: BATCH_ROWS })) === BATCH_ROWS;
  if (isLong) purging = purging.then(() => purgeLog(webhookId));
}

// One log at a time, however many webhooks are deleted together.
let purging = Promise.resolve();

/** What a stop cuts short stays invisible, and leaves with the log's retention. */
async function purgeLog(webhookId: number): Promise<void> {
  try {
    await workInBatches({
      batchRows: BATCH_ROWS,
      work: () => deleteLogBatch({ webhookId, limit: BATCH_ROWS }),
    });
  } catch (error) {
    logger.warn({ err: error, webhookId }, "the log of a deleted webhook could not be purged");
  }
}
