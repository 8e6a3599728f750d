import { z } from "zod";
import { db } from "@/db/client";
import { insertUser } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, ROLES, requireRole } from "@/lib/auth/actor";
import { hashPassword, makePassword } from "@/lib/auth/passwords";
import { toUser, type User } from "@/lib/auth/users/user";
import { AppError, fieldError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

export const NewUser = z.strictObject({
  email: z
    .string()
    .trim()
    .max(254)
    .pipe(z.email(zodMessage(refuse("email_invalid")))),
  name: z
    .string()
    .trim()
    .min(1, zodMessage(refuse("user_name_missing")))
    .max(100),
  role: z.enum(ROLES),
});
export type NewUser = z.infer<typeof NewUser>;

/** Adds a user with a random password, which is seen only in this answer. Admins only; conflict when the e-mail is taken. */
export async function createUser({
  actor,
  input,
}: {
  actor: Actor;
  input: NewUser;
}): Promise<User & { password: string }> {
  requireRole(actor, "admin");
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  return db().transaction(async (tx) => {
    const made = await insertUser(tx, { ...input, password_hash: passwordHash });
    if (!made) throw emailTaken(input.email);
    await recordAudit(tx, {
      actor,
      action: "user.create",
      subject: { kind: "user", id: made.id, name: made.email },
      changes: { role: { from: null, to: made.role } },
    });
    return { ...toUser(made), password };
  });
}

function emailTaken(email: string): AppError {
  const refusal = refuse("email_taken", { email });
  return new AppError("conflict", refusal, [fieldError("email", refusal)]);
}
