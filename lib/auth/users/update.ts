import { z } from "zod";
import { db } from "@/db/client";
import { countActiveAdmins, lockUserChanges, selectUser, updateUserRow } from "@/db/queries/users";
import { type AuditChanges, recordAudit } from "@/lib/audit/record-audit";
import { type Actor, ROLES, requireRole } from "@/lib/auth/actor";
import { forgetTokens } from "@/lib/auth/token-cache";
import { toUser, type User } from "@/lib/auth/users/user";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

export const UserUpdate = z.strictObject({
  id: z.number().int().positive(),
  role: z.enum(ROLES).optional(),
  is_active: z.boolean().optional(),
});
export type UserUpdate = z.infer<typeof UserUpdate>;

/**
 * Changes a user's role, or disables or enables one; that user's sessions end, and the
 * API tokens that the user made stop or may do less. Admins only. Refuses to change
 * oneself and to take away the last active admin (conflict); not_found when there is no such user.
 */
export async function updateUser({ actor, input }: { actor: Actor; input: UserUpdate }): Promise<User> {
  requireRole(actor, "admin");
  const updated = await db().transaction(async (tx) => {
    await lockUserChanges(tx);
    const before = await selectUser(input.id, tx);
    if (!before) throw new AppError("not_found", refuse("no_user", { id: input.id }));
    const wanted = {
      role: input.role ?? before.role,
      is_active: input.is_active ?? before.is_active,
    };
    const changes = differences({ before, wanted });
    if (Object.keys(changes).length === 0) return toUser(before);
    if (actor.kind === "user" && actor.id === before.id) {
      throw new AppError("conflict", refuse("not_yourself"));
    }
    const changed = await updateUserRow(tx, { id: before.id, changes: wanted });
    if ((await countActiveAdmins(tx)) === 0) {
      throw new AppError("conflict", refuse("last_admin"));
    }
    await recordAudit(tx, {
      actor,
      action: "user.update",
      subject: { kind: "user", id: before.id, name: before.email },
      changes,
    });
    return toUser(changed ?? before);
  });
  forgetTokens();
  return updated;
}

type Changeable = { role: string; is_active: boolean };

function differences({ before, wanted }: { before: Changeable; wanted: Changeable }): AuditChanges {
  const changes: AuditChanges = {};
  if (before.role !== wanted.role) changes.role = { from: before.role, to: wanted.role };
  if (before.is_active !== wanted.is_active)
    changes.is_active = { from: before.is_active, to: wanted.is_active };
  return changes;
}
