import { db } from "@/db/client";
import { selectUserByEmail, touchSignIn, type UserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { isPasswordOf } from "@/lib/auth/passwords";
import { admitSignIn } from "@/lib/auth/sign-in-limits";
import { AppError } from "@/lib/errors";

export type SignedIn = { id: number; email: string; name: string; sessionEpoch: number };

const MAX_EMAIL_LENGTH = 254;
const MAX_PASSWORD_LENGTH = 256;

/**
 * The user of this e-mail and password. Throws `AppError("unauthorized")` in the same words and about the same
 * time whether the e-mail or the password is wrong, and `AppError("rate_limited")` after too many tries.
 */
export async function signIn({
  email,
  password,
  clientIp,
}: {
  email: string;
  password: string;
  clientIp: string;
}): Promise<SignedIn> {
  if (email.length > MAX_EMAIL_LENGTH || password.length > MAX_PASSWORD_LENGTH) throw wrongCredentials();
  const admission = admitSignIn({ email: email.trim().toLowerCase(), clientIp });
  const user = await selectUserByEmail(email.trim());
  const isMatch = await isPasswordOf({ password, passwordHash: user?.passwordHash });
  if (!user || !isMatch || !user.isActive) {
    await noteFailure({ user, clientIp });
    throw wrongCredentials();
  }
  admission.refund();
  await noteSuccess({ user, clientIp });
  return { id: user.id, email: user.email, name: user.name, sessionEpoch: user.sessionEpoch };
}

function wrongCredentials(): AppError {
  return new AppError("unauthorized", "The e-mail or the password is wrong.");
}

/** An unknown e-mail is not kept: people type their password into the wrong field. */
async function noteFailure({
  user,
  clientIp,
}: {
  user: UserRow | undefined;
  clientIp: string;
}): Promise<void> {
  await recordAudit(db(), {
    actor: SYSTEM_ACTOR,
    action: "sign_in.failed",
    subject: { kind: "user", id: user?.id ?? "", name: user?.email ?? null },
    changes: { client_ip: { from: null, to: clientIp } },
  });
}

async function noteSuccess({ user, clientIp }: { user: UserRow; clientIp: string }): Promise<void> {
  await db().transaction(async (tx) => {
    await touchSignIn(tx, user.id);
    await recordAudit(tx, {
      actor: { kind: "user", id: user.id, name: user.email, role: user.role as Role },
      action: "sign_in.succeeded",
      subject: { kind: "user", id: user.id, name: user.email },
      changes: { client_ip: { from: null, to: clientIp } },
    });
  });
}
