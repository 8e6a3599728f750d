import { type AuditRow, selectAuditRows } from "@/db/queries/audit";
import { type Actor, requireRole } from "@/lib/auth/actor";

export type AuditPage = { rows: AuditRow[]; nextBefore: number | null };

const PAGE_SIZE = 50;

/** One page of the audit trail, newest first; `nextBefore` opens the next one, null at the end. Admins only. */
export async function listAudit({ actor, before }: { actor: Actor; before?: number }): Promise<AuditPage> {
  requireRole(actor, "admin");
  const found = await selectAuditRows({ before, limit: PAGE_SIZE + 1 });
  const rows = found.slice(0, PAGE_SIZE);
  return { rows, nextBefore: found.length > PAGE_SIZE ? (rows.at(-1)?.id ?? null) : null };
}
