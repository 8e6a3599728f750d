import { and, desc, eq, gt, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { sessions, users } from "@/db/schema";

export type SessionRow = typeof sessions.$inferSelect;
export type NewSessionRow = Pick<SessionRow, "id" | "user_id" | "client_ip" | "user_agent">;
/** How long a session lives: after its last use, and at the longest. */
export type SessionLife = { idleDays: number; days: number };

/** Keeps a new session, and drops all that are past their longest life. */
export async function insertSession(tx: Db, row: NewSessionRow, { days }: SessionLife): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.created_at, daysAgo(days)));
  await tx.insert(sessions).values(row);
}

/** A session that is alive, with its user; undefined when it ended, expired or its user is disabled. */
export async function selectLiveSession(id: string, life: SessionLife) {
  const [found] = await db()
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.user_id))
    .where(and(eq(sessions.id, id), isAlive(life), users.is_active))
    .limit(1);
  return found;
}

/** The sessions of a user that are alive, the one used last first. */
export function selectSessionsOf(userId: number, life: SessionLife): Promise<SessionRow[]> {
  return db()
    .select()
    .from(sessions)
    .where(and(eq(sessions.user_id, userId), isAlive(life)))
    .orderBy(desc(sessions.last_seen_at))
    .limit(100);
}

/** Whether the user has signed in from this address within the longest life of a session. */
export async function isAddressOf({
  userId,
  clientIp,
}: {
  userId: number;
  clientIp: string;
}): Promise<boolean> {
  const [found] = await db()
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.user_id, userId), eq(sessions.client_ip, clientIp)))
    .limit(1);
  return found !== undefined;
}

/** The addresses that users signed in from within the longest life of a session, the last one last. */
export async function selectAddresses(limit: number): Promise<string[]> {
  const found = await db()
    .select({ address: sessions.client_ip })
    .from(sessions)
    .groupBy(sessions.client_ip)
    .orderBy(desc(sql`max(${sessions.created_at})`))
    .limit(limit);
  return found.map(({ address }) => address).reverse();
}

/** Notes that a session is in use, at most every ten minutes. */
export async function touchSession(id: string): Promise<void> {
  await db()
    .update(sessions)
    .set({ last_seen_at: sql`now()` })
    .where(and(eq(sessions.id, id), lt(sessions.last_seen_at, sql`now() - interval '10 minutes'`)));
}

/** Ends one session of a user; false when it is not theirs or has ended already. */
export async function endSession(tx: Db, { id, userId }: { id: string; userId: number }): Promise<boolean> {
  const ended = await tx
    .update(sessions)
    .set({ ended_at: sql`now()` })
    .where(and(eq(sessions.id, id), eq(sessions.user_id, userId), isNull(sessions.ended_at)))
    .returning({ id: sessions.id });
  return ended.length > 0;
}

/** Ends every session of a user, all but `keptSession`; answers how many. */
export async function endSessionsOf(
  tx: Db,
  { userId, keptSession }: { userId: number; keptSession?: string | undefined },
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ ended_at: sql`now()` })
    .where(
      and(
        eq(sessions.user_id, userId),
        isNull(sessions.ended_at),
        keptSession === undefined ? undefined : ne(sessions.id, keptSession),
      ),
    )
    .returning({ id: sessions.id });
  return ended.length;
}

function isAlive({ idleDays, days }: SessionLife): SQL | undefined {
  return and(
    isNull(sessions.ended_at),
    gt(sessions.last_seen_at, daysAgo(idleDays)),
    gt(sessions.created_at, daysAgo(days)),
  );
}

function daysAgo(days: number): SQL {
  return sql`now() - make_interval(days => ${days}::int)`;
}
