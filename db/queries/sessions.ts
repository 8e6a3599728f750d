import { and, desc, eq, gt, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import { type Db, db } from "@/db/client";
import { sessions, users } from "@/db/schema";

export type SessionRow = typeof sessions.$inferSelect;
export type NewSessionRow = Pick<SessionRow, "id" | "userId" | "clientIp" | "userAgent">;
/** How long a session lives: after its last use, and at the longest. */
export type SessionLife = { idleDays: number; days: number };

/** Keeps a new session, and drops all that are past their longest life. */
export async function insertSession(tx: Db, row: NewSessionRow, { days }: SessionLife): Promise<void> {
  await tx.delete(sessions).where(lt(sessions.createdAt, daysAgo(days)));
  await tx.insert(sessions).values(row);
}

/** A session that is alive, with its user; undefined when it ended, expired or its user is disabled. */
export async function selectLiveSession(id: string, life: SessionLife) {
  const [found] = await db()
    .select({ session: sessions, user: users })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, id), isAlive(life), users.isActive))
    .limit(1);
  return found;
}

/** The sessions of a user that are alive, the one used last first. */
export function selectSessionsOf(userId: number, life: SessionLife): Promise<SessionRow[]> {
  return db()
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isAlive(life)))
    .orderBy(desc(sessions.lastSeenAt))
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
    .where(and(eq(sessions.userId, userId), eq(sessions.clientIp, clientIp)))
    .limit(1);
  return found !== undefined;
}

/** Notes that a session is in use, at most every ten minutes. */
export async function touchSession(id: string): Promise<void> {
  await db()
    .update(sessions)
    .set({ lastSeenAt: sql`now()` })
    .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, sql`now() - interval '10 minutes'`)));
}

/** Ends one session of a user; false when it is not theirs or has ended already. */
export async function endSession(tx: Db, { id, userId }: { id: string; userId: number }): Promise<boolean> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: sql`now()` })
    .where(and(eq(sessions.id, id), eq(sessions.userId, userId), isNull(sessions.endedAt)))
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
    .set({ endedAt: sql`now()` })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        keptSession === undefined ? undefined : ne(sessions.id, keptSession),
      ),
    )
    .returning({ id: sessions.id });
  return ended.length;
}

function isAlive({ idleDays, days }: SessionLife): SQL | undefined {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.lastSeenAt, daysAgo(idleDays)),
    gt(sessions.createdAt, daysAgo(days)),
  );
}

function daysAgo(days: number): SQL {
  return sql`now() - make_interval(days => ${days}::int)`;
}
