import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import { type Db, db, rows } from "@/db/client";
import { inspectorRequests, inspectors } from "@/db/schema";

export type InspectorRow = typeof inspectors.$inferSelect;
export type InspectorRequestRow = typeof inspectorRequests.$inferSelect;
export type NewInspectorRequest = typeof inspectorRequests.$inferInsert;
export type InspectorRequestSummary = Omit<InspectorRequestRow, "body" | "headers_enc" | "is_spelt_as_sent">;

/** There is one, shared by all who test. */
const ID = 1;

/** The inspector; made with this token and behaviour where there is none yet. */
export async function readOrInsertInspector(first: {
  token: string;
  behaviour: unknown;
}): Promise<InspectorRow> {
  await db()
    .insert(inspectors)
    .values({ id: ID, ...first })
    .onConflictDoNothing();
  const [found] = await db().select().from(inspectors).where(eq(inspectors.id, ID));
  if (!found) throw new Error("The inspector's row went away while it was read.");
  return found;
}

export async function isInspectorToken(token: string): Promise<boolean> {
  const found = await db().select({ id: inspectors.id }).from(inspectors).where(eq(inspectors.token, token));
  return found.length > 0;
}

/** The inspector held for a change until the transaction ends. */
export async function lockInspector(tx: Db): Promise<InspectorRow | undefined> {
  const [found] = await tx.select().from(inspectors).where(eq(inspectors.id, ID)).for("update");
  return found;
}

export async function saveInspector(
  tx: Db,
  values: Partial<Pick<InspectorRow, "token" | "behaviour">>,
): Promise<void> {
  await tx.update(inspectors).set(values).where(eq(inspectors.id, ID));
}

/** Gives a request to this address its number; null where the address is no longer the inspector's. */
export async function numberRequest(
  tx: Db,
  token: string,
): Promise<{ number: number; behaviour: unknown } | null> {
  const [counted] = await tx
    .update(inspectors)
    .set({ received: sql`${inspectors.received} + 1` })
    .where(eq(inspectors.token, token))
    .returning({ number: inspectors.received, behaviour: inspectors.behaviour });
  return counted ?? null;
}

/** How many of the requests that are kept had this webhook-id, or none. */
export async function countSeen(tx: Db, messageId: string | null): Promise<number> {
  const [counted] = await rows<{ count: number }>(
    sql`select count(*)::int as count from inspector_requests where message_id is not distinct from ${messageId}::text`,
    tx,
  );
  return counted?.count ?? 0;
}

/** Keeps a request, and of those before it the last `kept - 1`. */
export async function insertInspectorRequest(
  tx: Db,
  { request, kept }: { request: NewInspectorRequest; kept: number },
): Promise<void> {
  await tx.insert(inspectorRequests).values(request);
  await rows(sql`delete from inspector_requests where number <= ${request.number - kept}::bigint`, tx);
}

/** The last requests without their headers and bodies, newest first. */
export function selectInspectorRequests(limit: number): Promise<InspectorRequestSummary[]> {
  const { body: _, headers_enc: __, is_spelt_as_sent: ___, ...summary } = getTableColumns(inspectorRequests);
  return db().select(summary).from(inspectorRequests).orderBy(desc(inspectorRequests.number)).limit(limit);
}

export async function selectInspectorRequest(number: number): Promise<InspectorRequestRow | null> {
  const [found] = await db().select().from(inspectorRequests).where(eq(inspectorRequests.number, number));
  return found ?? null;
}

/** Forgets every request; returns how many there were. */
export async function deleteInspectorRequests(tx: Db): Promise<number> {
  const gone = await tx.delete(inspectorRequests).returning({ number: inspectorRequests.number });
  return gone.length;
}

/** The webhook that a delivery belongs to. */
export async function selectWebhookOfDelivery(deliveryId: string): Promise<number | null> {
  const [found] = await rows<{ webhook_id: number }>(
    sql`select webhook_id from deliveries where id = ${deliveryId}::uuid`,
  );
  return found?.webhook_id ?? null;
}

/** The attempt of a delivery in the log; null until it is recorded. */
export async function selectLogOfAttempt(input: {
  deliveryId: string;
  attempt: number;
}): Promise<number | null> {
  const [found] = await rows<{ id: number }>(sql`
    select id::float8 as id from outgoing_webhook_logs
    where delivery_id = ${input.deliveryId}::uuid and attempt_number = ${input.attempt}::int
    order by id desc limit 1`);
  return found?.id ?? null;
}
