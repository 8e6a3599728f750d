import { and, asc, count, eq, sql } from "drizzle-orm";
import { ADVISORY_LOCKS } from "@/db/advisory-locks";
import { type Db, db } from "@/db/client";
import { users } from "@/db/schema";

export type UserRow = typeof users.$inferSelect;
export type NewUserRow = typeof users.$inferInsert;

/** Makes changes of users wait for each other until the transaction ends: two admins cannot demote each other. */
export async function lockUserChanges(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.userChanges})`);
}

export async function selectUser(id: number, on: Db = db()): Promise<UserRow | undefined> {
  const [found] = await on.select().from(users).where(eq(users.id, id)).limit(1);
  return found;
}

/** By e-mail, letter case aside. */
export async function selectUserByEmail(email: string, on: Db = db()): Promise<UserRow | undefined> {
  const [found] = await on
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
    .limit(1);
  return found;
}

export function selectUsers(): Promise<UserRow[]> {
  return db().select().from(users).orderBy(asc(users.id));
}

export async function countUsers(on: Db = db()): Promise<number> {
  const [counted] = await on.select({ total: count() }).from(users);
  return counted?.total ?? 0;
}

export async function countActiveAdmins(on: Db): Promise<number> {
  const [counted] = await on
    .select({ total: count() })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true)));
  return counted?.total ?? 0;
}

/** Undefined when the e-mail is taken. */
export async function insertUser(tx: Db, row: NewUserRow): Promise<UserRow | undefined> {
  const [made] = await tx.insert(users).values(row).onConflictDoNothing().returning();
  return made;
}

type UserChanges = Partial<Pick<UserRow, "role" | "isActive" | "passwordHash">>;

/** Changes a user and raises its session epoch, which ends every session it has. */
export async function updateUserRow(
  tx: Db,
  { id, changes }: { id: number; changes: UserChanges },
): Promise<UserRow | undefined> {
  const [changed] = await tx
    .update(users)
    .set({ ...changes, sessionEpoch: sql`${users.sessionEpoch} + 1` })
    .where(eq(users.id, id))
    .returning();
  return changed;
}

export async function touchSignIn(tx: Db, id: number): Promise<void> {
  await tx.update(users).set({ lastSignInAt: sql`now()` }).where(eq(users.id, id));
}
