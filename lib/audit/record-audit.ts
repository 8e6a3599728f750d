import type { Db } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit";

export type AuditChanges = Record<string, { from: unknown; to: unknown }>;
/** Who did it: lib/auth's Actor is one. Spelt out here, because lib/auth writes to the trail itself. */
type AuditActor = { kind: string; id: number; name: string };
export type AuditEntry = {
  actor: AuditActor;
  /** e.g. `webhook.create`, `token.revoke`, `sign_in.failed`. */
  action: string;
  subject: { kind: string; id: string | number; name?: string | null };
  /** What changed, field by field. A secret is named with `***`, never with its value. */
  changes?: AuditChanges;
};

/** Notes who changed what, in the mutation's own transaction, so that neither can exist without the other. */
export function recordAudit(tx: Db, { actor, action, subject, changes }: AuditEntry): Promise<void> {
  return insertAuditRow(tx, {
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    action,
    subject_kind: subject.kind,
    subject_id: String(subject.id),
    subject_name: subject.name ?? null,
    changes: changes ?? null,
  });
}
