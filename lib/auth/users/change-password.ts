import { z } from "zod";
import { db } from "@/db/client";
import { selectUser, updateUserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Actor } from "@/lib/auth/actor";
import { hashPassword, isPasswordOf } from "@/lib/auth/passwords";
import { processWide } from "@/lib/auth/process-wide";
import { createRateLimit } from "@/lib/auth/rate-limit";
import { NewPassword } from "@/lib/auth/users/user";
import { AppError } from "@/lib/errors";

export const PasswordChange = z.strictObject({
  current_password: z.string().min(1, "Type the password you have now.").max(256),
  new_password: NewPassword,
});
export type PasswordChange = z.infer<typeof PasswordChange>;

const tries = processWide("password-changes", () => createRateLimit({ limit: 5, windowSeconds: 15 * 60 }));

/**
 * Changes one's own password and ends every session one has, this one too. Throws `AppError("invalid")` naming
 * the field when the current password is wrong or the new one is the same, `rate_limited` after 5 wrong tries.
 */
export async function changePassword({
  actor,
  input,
}: {
  actor: Actor;
  input: PasswordChange;
}): Promise<void> {
  const user = actor.kind === "user" ? await selectUser(actor.id) : undefined;
  if (!user) throw new AppError("forbidden", "Only a signed-in user has a password to change.");
  await checkCurrent({ userId: user.id, password: input.current_password, passwordHash: user.passwordHash });
  if (input.new_password === input.current_password) {
    throw invalid({ path: "new_password", message: "The new password is the same as the old one." });
  }
  const passwordHash = await hashPassword(input.new_password);
  await db().transaction(async (tx) => {
    await updateUserRow(tx, { id: user.id, changes: { passwordHash } });
    await recordAudit(tx, {
      actor,
      action: "user.change_password",
      subject: { kind: "user", id: user.id, name: user.email },
    });
  });
}

type Check = { userId: number; password: string; passwordHash: string };

async function checkCurrent({ userId, password, passwordHash }: Check): Promise<void> {
  const key = String(userId);
  const wait = tries.waitSeconds(key);
  if (wait > 0) {
    const minutes = Math.ceil(wait / 60);
    throw new AppError("rate_limited", `Too many wrong passwords; try again in ${minutes} min.`, [], wait);
  }
  tries.count(key);
  if (!(await isPasswordOf({ password, passwordHash }))) {
    throw invalid({ path: "current_password", message: "The current password is wrong." });
  }
  tries.refund(key);
}

function invalid(error: { path: string; message: string }): AppError {
  return new AppError("invalid", error.message, [error]);
}
