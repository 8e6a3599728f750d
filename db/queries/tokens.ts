import { and, desc, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { apiTokens } from "@/db/schema";

export type TokenRow = typeof apiTokens.$inferSelect;
export type NewTokenRow = typeof apiTokens.$inferInsert;

export async function selectTokenByHash(tokenHash: string, on: Db = db()): Promise<TokenRow | undefined> {
  const [found] = await on.select().from(apiTokens).where(eq(apiTokens.tokenHash, tokenHash)).limit(1);
  return found;
}

/** The ones in use first, then the revoked, each newest first. */
export function selectTokens(): Promise<TokenRow[]> {
  return db().select().from(apiTokens).orderBy(sql`${apiTokens.revokedAt} is not null`, desc(apiTokens.id));
}

/** Undefined when a token of this hash exists already, revoked or not. */
export async function insertToken(tx: Db, row: NewTokenRow): Promise<TokenRow | undefined> {
  const [made] = await tx.insert(apiTokens).values(row).onConflictDoNothing().returning();
  return made;
}

/** Undefined when there is no such token or it is revoked already. */
export async function revokeTokenRow(tx: Db, id: number): Promise<TokenRow | undefined> {
  const [revoked] = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
    .returning();
  return revoked;
}

/** Revokes what `createdBy` made except the token of `tokenHash`; answers how many. */
export async function revokeOthersOf(
  tx: Db,
  { createdBy, tokenHash }: { createdBy: string; tokenHash: string },
): Promise<number> {
  const revoked = await tx
    .update(apiTokens)
    .set({ revokedAt: sql`now()` })
    .where(
      and(
        eq(apiTokens.createdBy, createdBy),
        ne(apiTokens.tokenHash, tokenHash),
        isNull(apiTokens.revokedAt),
      ),
    )
    .returning({ id: apiTokens.id });
  return revoked.length;
}

/** Notes that a token is in use, unless another process noted it within the last minute. */
export async function touchToken(id: number): Promise<void> {
  await db()
    .update(apiTokens)
    .set({ lastUsedAt: sql`now()` })
    .where(
      and(
        eq(apiTokens.id, id),
        or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, sql`now() - interval '1 minute'`)),
      ),
    );
}
