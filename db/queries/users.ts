import { and, asc, count, eq, isNull, lt, or, sql } from "drizzle-orm";
import { ADVISORY_LOCKS } from "@/db/advisory-locks";
import { type Db, db } from "@/db/client";
import { endSessionsOf } from "@/db/queries/sessions";
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

type UserChanges = Partial<
  Pick<
    UserRow,
    | "role"
    | "isActive"
    | "passwordHash"
    | "mustChangePassword"
    | "totpSecretEnc"
    | "totpLastStep"
    | "recoveryCodeHashes"
  >
>;

/** Changes a user and ends its sessions, all but `keptSession`, and any sign-in that is under way. */
export async function updateUserRow(
  tx: Db,
  { id, changes, keptSession }: { id: number; changes: UserChanges; keptSession?: string },
): Promise<UserRow | undefined> {
  const [changed] = await tx
    .update(users)
    .set({ ...changes, sessionEpoch: sql`${users.sessionEpoch} + 1` })
    .where(eq(users.id, id))
    .returning();
  if (changed) await endSessionsOf(tx, { userId: id, keptSession });
  return changed;
}

/** Notes a sign-in, unless the user was changed since it was read as `seen`: undefined then. */
export async function touchSignIn(tx: Db, seen: UserRow): Promise<UserRow | undefined> {
  const [touched] = await tx
    .update(users)
    .set({ lastSignInAt: sql`now()` })
    .where(and(eq(users.id, seen.id), eq(users.sessionEpoch, seen.sessionEpoch), users.isActive))
    .returning();
  return touched;
}

/** Marks a time step's code as used; false when it, or a later one, was used before. */
export async function takeTotpStep({ id, step }: { id: number; step: number }): Promise<boolean> {
  const used = await db()
    .update(users)
    .set({ totpLastStep: step })
    .where(and(eq(users.id, id), or(isNull(users.totpLastStep), lt(users.totpLastStep, step))))
    .returning({ id: users.id });
  return used.length > 0;
}

/** Takes a recovery code out of those that are left; false when it is not among them. */
export function takeRecoveryCode({ id, hash }: { id: number; hash: string }): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, id)).for("update");
    const left = user?.recoveryCodeHashes ?? [];
    if (!left.includes(hash)) return false;
    await tx
      .update(users)
      .set({ recoveryCodeHashes: left.filter((one) => one !== hash) })
      .where(eq(users.id, id));
    return true;
  });
}

/** Puts a second factor's secret under another key, unless it was changed since it was read as `from`. */
export async function replaceTotpSecret(
  tx: Db,
  { id, from, to }: { id: number; from: string; to: string },
): Promise<boolean> {
  const replaced = await tx
    .update(users)
    .set({ totpSecretEnc: to })
    .where(and(eq(users.id, id), eq(users.totpSecretEnc, from)))
    .returning({ id: users.id });
  return replaced.length > 0;
}
