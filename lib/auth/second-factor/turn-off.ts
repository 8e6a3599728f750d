import type { z } from "zod";
import { type Db, db } from "@/db/client";
import { updateUserRow } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { checkOwnPassword, ownUser } from "@/lib/auth/check-own-password";
import type { OwnPassword } from "@/lib/auth/second-factor/turn-on";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

const OFF = { totp_secret_enc: null, totp_last_step: null, recovery_code_hashes: null };

/** Turns one's own second factor off; asks for the password. Throws `AppError("invalid")` when it is wrong. */
export async function turnOffSecondFactor({
  actor,
  input,
  keptSession,
}: {
  actor: Actor;
  input: z.infer<typeof OwnPassword>;
  keptSession: string;
}): Promise<void> {
  const user = await ownUser({ actor, otherwise: "no_second_factor" });
  await checkOwnPassword({ user, password: input.current_password });
  await db().transaction((tx) =>
    turnOff(tx, { actor, id: user.id, action: "user.second_factor_off", keptSession }),
  );
}

/** Takes the second factor from a user who lost it; that user's sessions end. Admins only; not_found without one. */
export async function resetSecondFactor({ actor, id }: { actor: Actor; id: number }): Promise<void> {
  requireRole(actor, "admin");
  await db().transaction((tx) => turnOff(tx, { actor, id, action: "user.second_factor_reset" }));
}

type TurningOff = { actor: Actor; id: number; action: string; keptSession?: string };

async function turnOff(tx: Db, { actor, id, action, ...kept }: TurningOff): Promise<void> {
  const changed = await updateUserRow(tx, { id, changes: OFF, ...kept });
  if (!changed) throw new AppError("not_found", refuse("no_user", { id }));
  await recordAudit(tx, { actor, action, subject: { kind: "user", id, name: changed.email } });
}
