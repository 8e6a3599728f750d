import { z } from "zod";
import { db } from "@/db/client";
import { updateUserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Actor } from "@/lib/auth/actor";
import { checkOwnPassword, ownUser } from "@/lib/auth/check-own-password";
import { hashPassword } from "@/lib/auth/passwords";
import { NewPassword } from "@/lib/auth/users/user";
import { fieldError } from "@/lib/errors";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

export const PasswordChange = z.strictObject({
  current_password: z
    .string()
    .min(1, zodMessage(refuse("password_missing")))
    .max(256),
  new_password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

/**
 * Changes one's own password and ends every session one has but `keptSession`. Throws `AppError("invalid")` naming
 * the field when the current password is wrong or the new one is the same, `rate_limited` after 5 wrong tries.
 */
export async function changePassword({
  actor,
  input,
  keptSession,
}: {
  actor: Actor;
  input: PasswordChange;
  keptSession: string;
}): Promise<void> {
  const user = await ownUser({ actor, otherwise: "no_password" });
  await checkOwnPassword({ user, password: input.current_password });
  if (input.new_password === input.current_password) {
    throw invalid([fieldError("new_password", refuse("password_same"))]);
  }
  const passwordHash = await hashPassword(input.new_password);
  await db().transaction(async (tx) => {
    await updateUserRow(tx, {
      id: user.id,
      changes: { password_hash: passwordHash, must_change_password: false },
      keptSession,
    });
    await recordAudit(tx, {
      actor,
      action: "user.change_password",
      subject: { kind: "user", id: user.id, name: user.email },
    });
  });
}
