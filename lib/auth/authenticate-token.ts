import { processWide } from "@/db/process-wide";
import { type FoundToken, selectTokensByHash, touchToken } from "@/db/queries/tokens";
import { type Actor, type Role, weakerRole } from "@/lib/auth/actor";
import { networkOf } from "@/lib/auth/client-ip";
import { noteFamiliarAddress } from "@/lib/auth/familiar-addresses";
import { createRateLimit } from "@/lib/auth/rate-limit";
import { cachedActor, forgetToken, rememberToken, tokenGeneration } from "@/lib/auth/token-cache";
import { sha256Hex } from "@/lib/crypto";
import { AppError } from "@/lib/errors";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

const MAX_TOKEN_LENGTH = 512;
const MAX_LOOKED_UP_AT_ONCE = 1_000;
const badTokens = processWide("bad-tokens", () => createRateLimit({ limit: 30, windowSeconds: 60 }));
// However many guess, they share one statement at a time.
const findToken = processWide("find-token", () =>
  createGroupCommit<string, FoundToken | undefined>({
    flush: (hashes) => selectTokensByHash(hashes),
    maxItems: MAX_LOOKED_UP_AT_ONCE,
  }),
);

/**
 * Who holds the bearer token of an `Authorization` header, with the weaker of its role and its owner's. Throws
 * `AppError("unauthorized")` without a valid one, and `AppError("rate_limited")` after 30 bad ones a minute from one
 * `clientIp` (lib/auth/client-ip). What others guess behind the same address never shuts out a token that exists: a
 * proxy that names no addresses makes all its users one.
 */
export async function authenticateToken(
  authorizationHeader: string | null,
  clientIp = "unknown",
): Promise<Actor> {
  const token = bearerToken(authorizationHeader);
  const tokenHash = sha256Hex(token);
  const cached = cachedActor(tokenHash);
  if (cached) return cached;
  return lookUp({ tokenHash, clientIp });
}

function bearerToken(header: string | null): string {
  if (!header) {
    throw new AppError("unauthorized", refuse("token_needed"));
  }
  const token = /^Bearer +(\S+)\s*$/i.exec(header)?.[1];
  if (!token || token.length > MAX_TOKEN_LENGTH) {
    throw new AppError("unauthorized", refuse("token_malformed"));
  }
  return token;
}

function refuseGuessing(network: string): void {
  const wait = badTokens.waitSeconds(network);
  if (wait === 0) return;
  throw new AppError("rate_limited", refuse("too_many_bad_tokens", { seconds: wait }), [], wait);
}

async function lookUp({ tokenHash, clientIp }: { tokenHash: string; clientIp: string }): Promise<Actor> {
  const generation = tokenGeneration();
  const found = await findToken(tokenHash);
  const refusal = reasonToRefuse(found);
  if (!found || refusal) {
    forgetToken(tokenHash);
    const network = networkOf(clientIp);
    refuseGuessing(network);
    badTokens.count(network);
    throw new AppError("unauthorized", refusal ?? refuse("token_unknown"));
  }
  const { token, owner } = found;
  const role = owner ? weakerRole(token.role as Role, owner.role as Role) : (token.role as Role);
  const actor: Actor = { kind: "token", id: token.id, name: token.name, role };
  noteFamiliarAddress(clientIp);
  if (rememberToken({ tokenHash, actor, generation })) await noteUse(token.id);
  return actor;
}

/** A token never does more than its owner may do now. */
function reasonToRefuse(found: FoundToken | undefined): Refusal | null {
  if (!found) return refuse("token_unknown");
  if (found.token.revoked_at) return refuse("token_revoked");
  if (found.owner && !found.owner.is_active) return refuse("token_owner_disabled");
  return null;
}

async function noteUse(tokenId: number): Promise<void> {
  try {
    await touchToken(tokenId);
  } catch (error) {
    logger.warn({ error, tokenId }, "the use of an API token could not be noted");
  }
}
