import { and, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { formKeys } from "@/db/schema";

export type FormKey = { userId: number; key: string };

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

export async function saveMadeIds(tx: Db, { userId, key, ids }: FormKey & { ids: number[] }): Promise<void> {
  await tx.update(formKeys).set({ made_ids: ids }).where(isKey({ userId, key }));
}

export async function selectMadeIds(tx: Db, formKey: FormKey): Promise<number[]> {
  const [found] = await tx.select({ ids: formKeys.made_ids }).from(formKeys).where(isKey(formKey));
  return found?.ids ?? [];
}

function isKey({ userId, key }: FormKey) {
  return and(eq(formKeys.user_id, userId), eq(formKeys.key, key));
}
