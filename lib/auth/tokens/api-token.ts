import type { FoundToken } from "@/db/queries/tokens";
import type { Role } from "@/lib/auth/actor";

/** An API token as it may be shown: everything but its hash. */
export type ApiToken = {
  id: number;
  name: string;
  role: Role;
  prefix: string;
  created_by: string;
  created_at: Date;
  last_used_at: Date | null;
  revoked_at: Date | null;
  /** It does not work as long as the user who made it is disabled. */
  isOwnerDisabled: boolean;
};

export function toApiToken({ token, owner }: FoundToken): ApiToken {
  const { token_hash: _, owner_id: __, role, ...shown } = token;
  return { ...shown, role: role as Role, isOwnerDisabled: owner ? !owner.is_active : false };
}
