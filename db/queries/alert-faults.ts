import { eq, sql } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { alertFaults } from "@/db/schema";

export type AlertFaultRow = typeof alertFaults.$inferSelect;

export function selectAlertFaults(): Promise<AlertFaultRow[]> {
  return db().select().from(alertFaults);
}

/** Notes why a channel took nothing; since when is kept from the first time. */
export async function saveAlertFault({ channel, fault }: Omit<AlertFaultRow, "since">): Promise<void> {
  await db()
    .insert(alertFaults)
    .values({ channel, fault, since: sql`now()` })
    .onConflictDoUpdate({ target: alertFaults.channel, set: { fault } });
}

export async function deleteAlertFault(channel: string, on: Db = db()): Promise<void> {
  await on.delete(alertFaults).where(eq(alertFaults.channel, channel));
}
