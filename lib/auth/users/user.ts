import { z } from "zod";
import type { UserRow } from "@/db/queries/users";
import type { Role } from "@/lib/auth/actor";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

/** A user as admins see one: everything but the secrets and the session epoch. */
export type User = {
  id: number;
  email: string;
  name: string;
  role: Role;
  is_active: boolean;
  created_at: Date;
  last_sign_in_at: Date | null;
  must_change_password: boolean;
  hasSecondFactor: boolean;
};

export function toUser({
  password_hash: _,
  session_epoch: __,
  totp_last_step: ___,
  recovery_code_hashes: ____,
  totp_secret_enc: totpSecretEnc,
  role,
  ...shown
}: UserRow): User {
  return { ...shown, role: role as Role, hasSecondFactor: totpSecretEnc !== null };
}

export const NewPassword = z
  .string()
  .min(10, zodMessage(refuse("password_short", { min: 10 })))
  .max(256, zodMessage(refuse("password_long", { max: 256 })));
