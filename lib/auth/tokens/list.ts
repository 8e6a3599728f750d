import { selectTokens } from "@/db/queries/tokens";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type ApiToken, toApiToken } from "@/lib/auth/tokens/api-token";

/** Every API token, the revoked ones last. Admins only. */
export async function listTokens({ actor }: { actor: Actor }): Promise<ApiToken[]> {
  requireRole(actor, "admin");
  return (await selectTokens()).map(toApiToken);
}
