import { and, desc, eq, getTableColumns, inArray, lt, sql } from "drizzle-orm";
import { type Db, db, rows } from "@/db/client";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { outgoingWebhooks, webhookStats } from "@/db/schema";

export type WebhookStatsRow = typeof webhookStats.$inferSelect;
export type WebhookWithStats = { webhook: WebhookRow; stats: WebhookStatsRow | null };
export type WebhookValues = Omit<typeof outgoingWebhooks.$inferInsert, "id" | "created_at" | "updated_at">;

const withStats = { webhook: getTableColumns(outgoingWebhooks), stats: getTableColumns(webhookStats) };

type WebhookPage = {
  isActive?: boolean | undefined;
  beforeId?: number | undefined;
  ids?: number[] | undefined;
  limit?: number | undefined;
};

/** Newest first; all, or those that are switched on or off, older than an id, among `ids`, at most `limit`. */
export async function selectWebhooks({
  isActive,
  beforeId,
  ids,
  limit,
}: WebhookPage): Promise<WebhookWithStats[]> {
  const found = db()
    .select(withStats)
    .from(outgoingWebhooks)
    .leftJoin(webhookStats, eq(webhookStats.webhook_id, outgoingWebhooks.id))
    .where(
      and(
        isActive === undefined ? undefined : eq(outgoingWebhooks.is_active, isActive),
        beforeId === undefined ? undefined : lt(outgoingWebhooks.id, beforeId),
        ids === undefined ? undefined : inArray(outgoingWebhooks.id, ids),
      ),
    )
    .orderBy(desc(outgoingWebhooks.id));
  return limit === undefined ? found : found.limit(limit);
}

export type WebhookTitle = Pick<WebhookRow, "id" | "name" | "description" | "webhook_url" | "is_active">;

/** What every webhook is found by, newest first: a small part of its row. */
export function selectWebhookTitles(): Promise<WebhookTitle[]> {
  const { id, name, description, webhook_url, is_active } = outgoingWebhooks;
  return db()
    .select({ id, name, description, webhook_url, is_active })
    .from(outgoingWebhooks)
    .orderBy(desc(id));
}

/** What every webhook is found and sorted by, newest first. */
export function selectWebhookStandings() {
  const { id, name, description, webhook_url, is_active, pause } = outgoingWebhooks;
  const { total_sent, total_success, last_sent_at } = webhookStats;
  return db()
    .select({
      webhook: { id, name, description, webhook_url, is_active, pause },
      stats: { total_sent, total_success, last_sent_at },
    })
    .from(outgoingWebhooks)
    .leftJoin(webhookStats, eq(webhookStats.webhook_id, id))
    .orderBy(desc(id));
}

export async function selectWebhook(id: number): Promise<WebhookWithStats | null> {
  const [found] = await db()
    .select(withStats)
    .from(outgoingWebhooks)
    .leftJoin(webhookStats, eq(webhookStats.webhook_id, outgoingWebhooks.id))
    .where(eq(outgoingWebhooks.id, id));
  return found ?? null;
}

/** The webhooks whose pause was to end by `now`, in ms since 1970. */
export async function findPausesOver(now: number): Promise<number[]> {
  const found = await rows<{ id: number }>(
    sql`select id from outgoing_webhooks where (pause ->> 'until')::float8 <= ${now}::float8 order by id`,
  );
  return found.map(({ id }) => id);
}

/**
 * A webhook held for a change until the transaction ends: the next change waits and then sees this one. The
 * statistics come first, as when attempts are recorded, so that neither waits for the other for ever.
 */
export async function lockWebhook(tx: Db, id: number): Promise<WebhookWithStats | null> {
  const [stats] = await tx.select().from(webhookStats).where(eq(webhookStats.webhook_id, id)).for("update");
  const [webhook] = await tx
    .select()
    .from(outgoingWebhooks)
    .where(eq(outgoingWebhooks.id, id))
    .for("no key update");
  return webhook ? { webhook, stats: stats ?? null } : null;
}

export async function insertWebhook(tx: Db, values: WebhookValues): Promise<WebhookWithStats> {
  const [webhook] = await tx.insert(outgoingWebhooks).values(values).returning();
  if (!webhook) throw new Error("Inserting a webhook returned no row.");
  const [stats] = await tx.insert(webhookStats).values({ webhook_id: webhook.id }).returning();
  return { webhook, stats: stats ?? null };
}

/** Changes the columns given and nothing else. */
export async function saveWebhook(
  tx: Db,
  { id, values }: { id: number; values: Partial<WebhookValues> },
): Promise<WebhookRow> {
  const [webhook] = await tx
    .update(outgoingWebhooks)
    .set({ ...values, updated_at: sql`now()` })
    .where(eq(outgoingWebhooks.id, id))
    .returning();
  if (!webhook) throw new Error(`The webhook ${id} went away while it was locked.`);
  return webhook;
}

export const SECRET_COLUMNS = [
  "auth_token_enc",
  "auth_password_enc",
  "custom_headers_enc",
  "signing_secret_enc",
  "previous_signing_secret_enc",
] as const;
export type SecretColumns = Pick<WebhookRow, (typeof SECRET_COLUMNS)[number]>;

/** Stores the same secrets encrypted anew. */
export async function replaceSecrets(
  tx: Db,
  { id, values }: { id: number; values: Partial<SecretColumns> },
): Promise<void> {
  await tx.update(outgoingWebhooks).set(values).where(eq(outgoingWebhooks.id, id));
}

/** Deletes a webhook with its statistics; its log and deliveries go by `deleteLogBatch`. */
export async function deleteWebhook(tx: Db, id: number): Promise<void> {
  await tx.delete(outgoingWebhooks).where(eq(outgoingWebhooks.id, id));
}

/** Deletes up to `limit` log rows of a webhook with their deliveries; returns how many log rows went. */
export async function deleteLogBatch({
  webhookId,
  limit,
}: {
  webhookId: number;
  limit: number;
}): Promise<number> {
  const [deleted] = await rows<{ count: number }>(sql`
    with batch as (
      delete from outgoing_webhook_logs where id = any(array(
        select id from outgoing_webhook_logs where webhook_id = ${webhookId} limit ${limit}))
      returning delivery_id
    ), gone as (
      delete from deliveries where id = any(array(select distinct delivery_id from batch where delivery_id is not null))
        and state <> 'pending'
    )
    select count(*)::int as count from batch`);
  return deleted?.count ?? 0;
}
