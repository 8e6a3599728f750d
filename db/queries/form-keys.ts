import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { formKeys } from "@/db/schema";

export type FormKey = { userId: number; key: string };
/** A delivery's is a UUID, all others are numbers. */
export type MadeId = number | string;

/**
 * Takes a form's key until the transaction ends, and waits for another one that has it. False when it was taken
 * before. Keys older than a day go meanwhile.
 */
export async function takeFormKey(tx: Db, { userId, key }: FormKey): Promise<boolean> {
  await tx.delete(formKeys).where(lt(formKeys.created_at, sql`now() - interval '1 day'`));
  const taken = await tx
    .insert(formKeys)
    .values({ user_id: userId, key, made_ids: [] })
    .onConflictDoNothing()
    .returning({ key: formKeys.key });
  return taken.length > 0;
}

export async function saveMadeIds(tx: Db, { userId, key, ids }: FormKey & { ids: MadeId[] }): Promise<void> {
  await tx.update(formKeys).set({ made_ids: ids }).where(isKey({ userId, key }));
}

export async function selectMadeIds<Id extends MadeId>(tx: Db, formKey: FormKey): Promise<Id[]> {
  const ids = sql<Id[]>`${formKeys.made_ids}`;
  const [found] = await tx.select({ ids }).from(formKeys).where(isKey(formKey));
  return found?.ids ?? [];
}

function isKey({ userId, key }: FormKey) {
  return and(eq(formKeys.user_id, userId), eq(formKeys.key, key));
}
