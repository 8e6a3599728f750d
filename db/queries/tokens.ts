import { and, desc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { apiTokens, users } from "@/db/schema";

export type TokenRow = typeof apiTokens.$inferSelect;
export type NewTokenRow = typeof apiTokens.$inferInsert;

export type FoundToken = { token: TokenRow; owner: { is_active: boolean; role: string } | null };

/** A token with the user whose power it has; no owner for what the product made itself. */
export async function selectTokenByHash(tokenHash: string, on: Db = db()): Promise<FoundToken | undefined> {
  const [found] = await selectTokensByHash([tokenHash], on);
  return found;
}

/** One for each hash, in their order; undefined where no token has it. */
export async function selectTokensByHash(
  hashes: string[],
  on: Db = db(),
): Promise<(FoundToken | undefined)[]> {
  const found = await on
    .select({ token: apiTokens, owner: { is_active: users.is_active, role: users.role } })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.owner_id))
    .where(sql`${apiTokens.token_hash} = any(${sql.param(hashes)}::text[])`);
  const byHash = new Map(found.map((each) => [each.token.token_hash, each]));
  return hashes.map((hash) => byHash.get(hash));
}

export async function selectTokenOwner(id: number, on: Db = db()): Promise<number | null> {
  const [found] = await on
    .select({ ownerId: apiTokens.owner_id })
    .from(apiTokens)
    .where(eq(apiTokens.id, id));
  return found?.ownerId ?? null;
}

/** The hashes of at most `limit` tokens that are not revoked, the ones used last first. */
export async function selectTokenHashes(limit: number): Promise<string[]> {
  const found = await db()
    .select({ hash: apiTokens.token_hash })
    .from(apiTokens)
    .where(isNull(apiTokens.revoked_at))
    .orderBy(sql`${apiTokens.last_used_at} desc nulls last`)
    .limit(limit);
  return found.map(({ hash }) => hash);
}

/** The ones in use first, then the revoked, each newest first. */
export function selectTokens(): Promise<FoundToken[]> {
  return db()
    .select({ token: apiTokens, owner: { is_active: users.is_active, role: users.role } })
    .from(apiTokens)
    .leftJoin(users, eq(users.id, apiTokens.owner_id))
    .orderBy(sql`${apiTokens.revoked_at} is not null`, desc(apiTokens.id));
}

/** Undefined when a token of this hash exists already, revoked or not. */
export async function insertToken(tx: Db, row: NewTokenRow): Promise<TokenRow | undefined> {
  const [made] = await tx.insert(apiTokens).values(row).onConflictDoNothing().returning();
  return made;
}

/** Gives a token that nobody has used another text; false when it was used or revoked. */
export async function replaceUnusedToken({
  id,
  token_hash,
  prefix,
}: Pick<TokenRow, "id" | "token_hash" | "prefix">): Promise<boolean> {
  const replaced = await db()
    .update(apiTokens)
    .set({ token_hash, prefix })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.last_used_at), isNull(apiTokens.revoked_at)))
    .returning({ id: apiTokens.id });
  return replaced.length > 0;
}

/** Undefined when there is no such token or it is revoked already. */
export async function revokeTokenRow(tx: Db, id: number): Promise<TokenRow | undefined> {
  const [revoked] = await tx
    .update(apiTokens)
    .set({ revoked_at: sql`now()` })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revoked_at)))
    .returning();
  return revoked;
}

/**
 * Removes the valid tokens that `createdBy` made, except the one of `keptHash`. Not revoked but removed, so that
 * the same value may be given again; one that an admin revoked stays.
 */
export function deleteTokensOf(
  tx: Db,
  { createdBy, keptHash }: { createdBy: string; keptHash: string | null },
): Promise<TokenRow[]> {
  return tx
    .delete(apiTokens)
    .where(
      and(
        eq(apiTokens.created_by, createdBy),
        keptHash === null ? undefined : ne(apiTokens.token_hash, keptHash),
        isNull(apiTokens.revoked_at),
      ),
    )
    .returning();
}

/** Notes that a token is in use, unless another process noted it within the last minute. */
export async function touchToken(id: number): Promise<void> {
  await db()
    .update(apiTokens)
    .set({ last_used_at: sql`now()` })
    .where(
      and(
        eq(apiTokens.id, id),
        or(isNull(apiTokens.last_used_at), lt(apiTokens.last_used_at, sql`now() - interval '1 minute'`)),
      ),
    );
}
