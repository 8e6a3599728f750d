import { z } from "zod";
import { db } from "@/db/client";
import { insertUser } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, ROLES, requireRole } from "@/lib/auth/actor";
import { hashPassword, makePassword } from "@/lib/auth/passwords";
import { toUser, type User } from "@/lib/auth/users/user";
import { AppError } from "@/lib/errors";

export const NewUser = z.strictObject({
  email: z.string().trim().max(254).pipe(z.email("Give an e-mail address, such as anna@example.com.")),
  name: z.string().trim().min(1, "Give the user's name.").max(100),
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
    const made = await insertUser(tx, { ...input, passwordHash });
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
  const message = `There is a user with the e-mail ${email} already.`;
  return new AppError("conflict", message, [{ path: "email", message }]);
}
