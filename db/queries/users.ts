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
    .where(and(eq(users.role, "admin"), eq(users.is_active, true)));
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
    | "is_active"
    | "password_hash"
    | "must_change_password"
    | "totp_secret_enc"
    | "totp_last_step"
    | "recovery_code_hashes"
  >
>;

/** Changes a user and ends its sessions, all but `keptSession`, and any sign-in that is under way. */
export async function updateUserRow(
  tx: Db,
  { id, changes, keptSession }: { id: number; changes: UserChanges; keptSession?: string },
): Promise<UserRow | undefined> {
  const [changed] = await tx
    .update(users)
    .set({ ...changes, session_epoch: sql`${users.session_epoch} + 1` })
    .where(eq(users.id, id))
    .returning();
  if (changed) await endSessionsOf(tx, { userId: id, keptSession });
  return changed;
}

/** Notes a sign-in, unless the user was changed since it was read as `seen`: undefined then. */
export async function touchSignIn(tx: Db, seen: UserRow): Promise<UserRow | undefined> {
  const [touched] = await tx
    .update(users)
    .set({ last_sign_in_at: sql`now()` })
    .where(and(eq(users.id, seen.id), eq(users.session_epoch, seen.session_epoch), users.is_active))
    .returning();
  return touched;
}

/** Marks a time step's code as used; false when it, or a later one, was used before. */
export async function takeTotpStep({ id, step }: { id: number; step: number }): Promise<boolean> {
  const used = await db()
    .update(users)
    .set({ totp_last_step: step })
    .where(and(eq(users.id, id), or(isNull(users.totp_last_step), lt(users.totp_last_step, step))))
    .returning({ id: users.id });
  return used.length > 0;
}

/** Takes a recovery code out of those that are left; false when it is not among them. */
export function takeRecoveryCode({ id, hash }: { id: number; hash: string }): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [user] = await tx.select().from(users).where(eq(users.id, id)).for("update");
    const left = user?.recovery_code_hashes ?? [];
    if (!left.includes(hash)) return false;
    await tx
      .update(users)
      .set({ recovery_code_hashes: left.filter((one) => one !== hash) })
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
    .set({ totp_secret_enc: to })
    .where(and(eq(users.id, id), eq(users.totp_secret_enc, from)))
    .returning({ id: users.id });
  return replaced.length > 0;
}
