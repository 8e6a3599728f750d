import type { FoundToken } from "@/db/queries/tokens";
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
  /** It does not work as long as the user who made it is disabled. */
  isOwnerDisabled: boolean;
};

export function toApiToken({ token, owner }: FoundToken): ApiToken {
  const { tokenHash: _, ownerId: __, role, ...shown } = token;
  return { ...shown, role: role as Role, isOwnerDisabled: owner ? !owner.isActive : false };
}
