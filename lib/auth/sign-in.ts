import { randomUUID } from "node:crypto";
import { db } from "@/db/client";
import { insertSession, isAddressOf } from "@/db/queries/sessions";
import { selectUserByEmail, touchSignIn, type UserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { networkOf } from "@/lib/auth/client-ip";
import { noteFamiliarAddress } from "@/lib/auth/familiar-addresses";
import type { KnownDevice } from "@/lib/auth/known-device";
import { isPasswordOf } from "@/lib/auth/passwords";
import { isSecondFactorOf } from "@/lib/auth/second-factor/check-code";
import { SESSION_LIFE } from "@/lib/auth/sessions/session-life";
import { admitSignIn, admitStranger, isFailureNoted } from "@/lib/auth/sign-in-limits";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/** A session that was opened; or `needsCode`: the password is right and the code of the second factor is lacking. */
export type SignedIn = { userId: number; sessionId: string } | { needsCode: true };

type Credentials = {
  email: string;
  password: string;
  code?: string | undefined;
  clientIp: string;
  /** The browser, where a user has signed in with it. */
  device?: KnownDevice | null;
  userAgent?: string | null;
};

const MAX_EMAIL_LENGTH = 254;
const MAX_PASSWORD_LENGTH = 256;
const MAX_USER_AGENT_LENGTH = 256;

/**
 * Opens a session for the user of this e-mail and password. Throws `AppError("unauthorized")` in the same words and
 * about the same time whether the e-mail or the password is wrong, `invalid` for a wrong code, and
 * `AppError("rate_limited")` after too many tries. Who tries from an address or in a browser that the user has signed
 * in from is not held up by guesses from others.
 */
export async function signIn({
  password,
  code,
  clientIp,
  device = null,
  ...given
}: Credentials): Promise<SignedIn> {
  const email = given.email.trim();
  if (email.length > MAX_EMAIL_LENGTH || password.length > MAX_PASSWORD_LENGTH) throw wrongCredentials();
  const source = device ? `device ${device.id}` : networkOf(clientIp);
  const admissions = [admitSignIn({ email: email.toLowerCase(), source })];
  const refund = () => admissions.map((admission) => admission.refund());
  const user = await selectUserByEmail(email);
  const userId = user?.id ?? 0;
  const isKnown = device?.userId === userId || (await isAddressOf({ userId, clientIp }));
  const asking = isKnown ? "known" : "stranger";
  const judge = async () => {
    if (!isKnown) admissions.push(admitStranger(email.toLowerCase()));
    return isPasswordOf({ password, passwordHash: user?.password_hash, asking });
  };
  const isMatch = await judge().catch((error: unknown) => {
    // Turned away unread, it was no guess: a crowd of others must not use up the tries of one who waits for a turn.
    refund();
    throw error;
  });
  if (!user || !isMatch || !user.is_active) {
    await noteFailure({ user, clientIp });
    throw wrongCredentials();
  }
  if (user.totp_secret_enc && !code) {
    refund();
    return { needsCode: true };
  }
  if (code && user.totp_secret_enc && !(await isSecondFactorOf({ user, code, asking }))) {
    await noteFailure({ user, clientIp });
    throw new AppError("invalid", refuse("code_used"));
  }
  const sessionId = await openSession({ user, clientIp, userAgent: given.userAgent ?? null });
  noteFamiliarAddress(clientIp);
  refund();
  return { userId: user.id, sessionId };
}

function wrongCredentials(): AppError {
  return new AppError("unauthorized", refuse("wrong_credentials"));
}

/** An unknown e-mail is not kept: people type their password into the wrong field. */
async function noteFailure({
  user,
  clientIp,
}: {
  user: UserRow | undefined;
  clientIp: string;
}): Promise<void> {
  if (!isFailureNoted(user?.id)) return;
  await recordAudit(db(), {
    actor: SYSTEM_ACTOR,
    action: "sign_in.failed",
    subject: { kind: "user", id: user?.id ?? "", name: user?.email ?? null },
    changes: { client_ip: { from: null, to: clientIp } },
  });
}

type Opening = { user: UserRow; clientIp: string; userAgent: string | null };

async function openSession({ user, clientIp, userAgent }: Opening): Promise<string> {
  const id = randomUUID();
  await db().transaction(async (tx) => {
    // Whoever was disabled or got another password meanwhile does not get in by the old one.
    if (!(await touchSignIn(tx, user))) throw wrongCredentials();
    const shown = userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null;
    await insertSession(tx, { id, user_id: user.id, client_ip: clientIp, user_agent: shown }, SESSION_LIFE);
    await recordAudit(tx, {
      actor: { kind: "user", id: user.id, name: user.email },
      action: "sign_in.succeeded",
      subject: { kind: "user", id: user.id, name: user.email },
      changes: { client_ip: { from: null, to: clientIp } },
    });
  });
  return id;
}
