import { db } from "@/db/client";
import { updateUserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { hashPassword, makePassword } from "@/lib/auth/passwords";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/**
 * Gives a user who forgot it a new random password, seen only in this answer; that user's sessions end, and after
 * the next sign-in another password has to be chosen. Admins only.
 */
export async function resetPassword({ actor, id }: { actor: Actor; id: number }): Promise<string> {
  requireRole(actor, "admin");
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  await db().transaction(async (tx) => {
    const changed = await updateUserRow(tx, {
      id,
      changes: { password_hash: passwordHash, must_change_password: true },
    });
    if (!changed) throw new AppError("not_found", refuse("no_user", { id }));
    await recordAudit(tx, {
      actor,
      action: "user.reset_password",
      subject: { kind: "user", id, name: changed.email },
    });
  });
  return password;
}
