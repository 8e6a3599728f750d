import { desc, lt } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { auditLog } from "@/db/schema";

export type AuditRow = typeof auditLog.$inferSelect;
export type NewAuditRow = typeof auditLog.$inferInsert;

export async function insertAuditRow(tx: Db, row: NewAuditRow): Promise<void> {
  await tx.insert(auditLog).values(row);
}

/** Newest first; `before` is the id of the last row already seen. */
export function selectAuditRows({ before, limit }: { before?: number | undefined; limit: number }) {
  return db()
    .select()
    .from(auditLog)
    .where(before === undefined ? undefined : lt(auditLog.id, before))
    .orderBy(desc(auditLog.id))
    .limit(limit);
}
