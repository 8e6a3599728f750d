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
  isActive: boolean;
  createdAt: Date;
  lastSignInAt: Date | null;
  mustChangePassword: boolean;
  hasSecondFactor: boolean;
};

export function toUser({
  passwordHash: _,
  sessionEpoch: __,
  totpLastStep: ___,
  recoveryCodeHashes: ____,
  totpSecretEnc,
  role,
  ...shown
}: UserRow): User {
  return { ...shown, role: role as Role, hasSecondFactor: totpSecretEnc !== null };
}

export const NewPassword = z
  .string()
  .min(10, zodMessage(refuse("password_short", { min: 10 })))
  .max(256, zodMessage(refuse("password_long", { max: 256 })));
