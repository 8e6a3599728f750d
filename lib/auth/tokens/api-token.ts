import type { TokenRow } from "@/db/queries/tokens";
import type { Role } from "@/lib/auth/actor";

/** An API token as it may be shown: everything but its hash. */
export type ApiToken = {
  id: number;
  name: string;
  role: Role;
  prefix: string;
  createdBy: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

export function toApiToken({ tokenHash: _, role, ...shown }: TokenRow): ApiToken {
  return { ...shown, role: role as Role };
}
