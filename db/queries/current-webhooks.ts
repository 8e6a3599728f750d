import { and, asc, eq } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { outgoingWebhooks } from "@/db/schema";
import { latestRevision } from "./revisions";

export type WebhookRow = typeof outgoingWebhooks.$inferSelect;

/** All webhooks in the order they were made, and a revision that they are at least as new as. */
export async function readWebhooks(): Promise<{ revision: number; webhooks: WebhookRow[] }> {
  const revision = await latestRevision();
  const webhooks = await db().select().from(outgoingWebhooks).orderBy(asc(outgoingWebhooks.id));
  return { revision, webhooks };
}

export async function findWebhook(id: number, on: Db = db()): Promise<WebhookRow | null> {
  const [webhook] = await on.select().from(outgoingWebhooks).where(eq(outgoingWebhooks.id, id));
  return webhook ?? null;
}

/** Switches a webhook off with the product's own reason; false when it was off or is gone. */
export async function markWebhookGone(
  tx: Db,
  { webhookId, reason }: { webhookId: number; reason: string },
): Promise<boolean> {
  const changed = await tx
    .update(outgoingWebhooks)
    .set({ is_active: false, deactivated_reason: reason, updated_at: new Date() })
    .where(and(eq(outgoingWebhooks.id, webhookId), eq(outgoingWebhooks.is_active, true)))
    .returning({ id: outgoingWebhooks.id });
  return changed.length > 0;
}
