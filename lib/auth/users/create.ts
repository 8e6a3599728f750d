import { z } from "zod";
import { insertUser } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, ROLES, requireRole } from "@/lib/auth/actor";
import { hashPassword, makePassword } from "@/lib/auth/passwords";
import { resetPassword } from "@/lib/auth/users/reset-password";
import { AppError, fieldError } from "@/lib/errors";
import { makeOnce } from "@/lib/make-once";
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

/**
 * Adds a user with a random password, which is seen only in this answer: a form that is sent again because the answer
 * was lost gets another password for the same user. Admins only; conflict when the e-mail is taken.
 */
export async function createUser({
  actor,
  input,
  formKey,
}: {
  actor: Actor;
  input: NewUser;
  formKey?: string | undefined;
}): Promise<{ id: number; email: string; password: string }> {
  requireRole(actor, "admin");
  const { email } = input;
  const password = makePassword();
  const passwordHash = await hashPassword(password);
  const { ids, isRepeat } = await makeOnce({
    userId: actor.id,
    formKey,
    make: async (tx) => {
      const made = await insertUser(tx, { ...input, password_hash: passwordHash });
      if (!made) throw emailTaken(email);
      await recordAudit(tx, {
        actor,
        action: "user.create",
        subject: { kind: "user", id: made.id, name: made.email },
        changes: { role: { from: null, to: made.role } },
      });
      return [made.id];
    },
  });
  const [id = 0] = ids;
  return { id, email, password: isRepeat ? await resetPassword({ actor, id }) : password };
}

function emailTaken(email: string): AppError {
  const refusal = refuse("email_taken", { email });
  return new AppError("conflict", refusal, [fieldError("email", refusal)]);
}
