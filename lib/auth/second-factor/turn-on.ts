import { z } from "zod";
import { db } from "@/db/client";
import { type UserRow, updateUserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Actor } from "@/lib/auth/actor";
import { checkOwnPassword, ownUser } from "@/lib/auth/check-own-password";
import { type QrPath, qrPath } from "@/lib/auth/second-factor/qr-path";
import { makeRecoveryCodes } from "@/lib/auth/second-factor/recovery-codes";
import { makeTotpSecret, totpStepOf, totpUri } from "@/lib/auth/second-factor/totp";
import { decrypt, encrypt } from "@/lib/crypto";
import { AppError, fieldError } from "@/lib/errors";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

const ISSUER = "iiko webhooks";

export const OwnPassword = z.strictObject({
  current_password: z
    .string()
    .min(1, zodMessage(refuse("password_missing")))
    .max(256),
});
export const SecondFactorProof = z.strictObject({
  setup: z.string().max(1_000),
  code: z
    .string()
    .trim()
    .min(1, zodMessage(refuse("code_missing")))
    .max(20),
});

export type SecondFactorSetup = { secret: string; uri: string; qr: QrPath; setup: string };
const Setup = z.object({ userId: z.number(), secret: z.string() });

/**
 * The secret for one's authenticator app. Nothing is stored before `confirmSecondFactor`, which takes `setup`: the
 * secret, sealed for this user. Asks for the password; throws `AppError("invalid")` when it is wrong.
 */
export async function startSecondFactor({
  actor,
  input,
}: {
  actor: Actor;
  input: z.infer<typeof OwnPassword>;
}): Promise<SecondFactorSetup> {
  const user = await userWithoutIt(actor);
  await checkOwnPassword({ user, password: input.current_password });
  const secret = makeTotpSecret();
  const uri = totpUri({ secret, email: user.email, issuer: ISSUER });
  return {
    secret,
    uri,
    qr: qrPath(uri),
    setup: encrypt(JSON.stringify({ userId: user.id, secret })),
  };
}

/**
 * Turns the second factor on once the app has shown a right code. Answers the recovery codes, seen only in this
 * answer; one's other sessions end. Throws `AppError("invalid")` naming the code when it is wrong.
 */
export async function confirmSecondFactor({
  actor,
  input,
  keptSession,
}: {
  actor: Actor;
  input: z.infer<typeof SecondFactorProof>;
  keptSession: string;
}): Promise<string[]> {
  const user = await userWithoutIt(actor);
  const secret = sealedSecret({ setup: input.setup, userId: user.id });
  const step = totpStepOf({ secret, code: input.code.replace(/\s/g, "") });
  if (step === null) throw wrongCode();
  const { codes, hashes } = makeRecoveryCodes();
  await db().transaction(async (tx) => {
    await updateUserRow(tx, {
      id: user.id,
      changes: { totp_secret_enc: encrypt(secret), totp_last_step: step, recovery_code_hashes: hashes },
      keptSession,
    });
    await recordAudit(tx, {
      actor,
      action: "user.second_factor_on",
      subject: { kind: "user", id: user.id, name: user.email },
    });
  });
  return codes;
}

async function userWithoutIt(actor: Actor): Promise<UserRow> {
  const user = await ownUser({ actor, otherwise: "no_second_factor" });
  if (user.totp_secret_enc) throw new AppError("conflict", refuse("second_factor_on"));
  return user;
}

function sealedSecret({ setup, userId }: { setup: string; userId: number }): string {
  const opened = openSetup(setup);
  if (opened?.userId === userId) return opened.secret;
  throw new AppError("invalid", refuse("second_factor_begin"));
}

function openSetup(setup: string): z.infer<typeof Setup> | undefined {
  try {
    return Setup.safeParse(JSON.parse(decrypt(setup))).data;
  } catch {
    return undefined;
  }
}

function wrongCode(): AppError {
  return invalid([fieldError("code", refuse("code_wrong"))]);
}
