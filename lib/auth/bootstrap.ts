import { type Db, db } from "@/db/client";
import { deleteTokensOf, insertToken, selectTokenByHash } from "@/db/queries/tokens";
import { countUsers, insertUser, lockUserChanges, selectUserByEmail } from "@/db/queries/users";
import { recordAudit } from "@/lib/audit/record-audit";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { hashPassword, makePassword } from "@/lib/auth/passwords";
import { makeToken, storedForm } from "@/lib/auth/tokens/make-token";
import { type Env, env } from "@/lib/env";
import { logger } from "@/lib/logger";

/** What the start-up prints once, because it is stored nowhere: null where the environment gave it. */
export type FirstAdmin = { adminEmail: string; adminPassword: string | null; apiToken: string | null };

const DEFAULT_EMAIL = "admin@localhost";
const FROM_ENVIRONMENT = "BOOTSTRAP_API_TOKEN";
const SAFE_LENGTH = 12;

/**
 * Makes sure that somebody can get in: the admin of ADMIN_EMAIL where it is set, else, while there is no user,
 * `admin@localhost` with a random password and an API token; and that of BOOTSTRAP_API_TOKEN there is the present token
 * and no other: one that was changed or taken out of the environment stops working. Runs at every start and in several
 * processes at once; an existing user is left as it is. Null when nothing was made up.
 */
export async function bootstrap(from: Env = env()): Promise<FirstAdmin | null> {
  warnOfWeak({ ADMIN_PASSWORD: from.ADMIN_PASSWORD, BOOTSTRAP_API_TOKEN: from.BOOTSTRAP_API_TOKEN });
  return db().transaction(async (tx) => {
    await lockUserChanges(tx);
    await matchTokenToEnvironment(tx, from.BOOTSTRAP_API_TOKEN);
    return ensureAdmin(tx, from);
  });
}

async function ensureAdmin(tx: Db, from: Env): Promise<FirstAdmin | null> {
  const adminEmail = from.ADMIN_EMAIL ?? DEFAULT_EMAIL;
  const isNeeded = from.ADMIN_EMAIL
    ? !(await selectUserByEmail(adminEmail, tx))
    : (await countUsers(tx)) === 0;
  if (!isNeeded) return null;
  const password = from.ADMIN_PASSWORD ?? makePassword();
  const made = await insertUser(tx, {
    email: adminEmail,
    name: adminEmail.split("@")[0] || adminEmail,
    role: "admin",
    password_hash: await hashPassword(password),
  });
  if (!made) return null;
  await recordAudit(tx, {
    actor: SYSTEM_ACTOR,
    action: "user.create",
    subject: { kind: "user", id: made.id, name: made.email },
    changes: { role: { from: null, to: "admin" } },
  });
  if (from.ADMIN_EMAIL && from.ADMIN_PASSWORD) return null;
  return {
    adminEmail,
    adminPassword: from.ADMIN_PASSWORD ? null : password,
    apiToken: from.BOOTSTRAP_API_TOKEN ? null : await makeFirstToken(tx),
  };
}

async function makeFirstToken(tx: Db): Promise<string> {
  const token = makeToken();
  await addToken(tx, { token, name: "First API token", createdBy: SYSTEM_ACTOR.name });
  return token;
}

async function matchTokenToEnvironment(tx: Db, token: string | undefined): Promise<void> {
  const keptHash = token ? storedForm(token).token_hash : null;
  const removed = await deleteTokensOf(tx, { createdBy: FROM_ENVIRONMENT, keptHash });
  for (const { id, name } of removed) {
    await recordAudit(tx, {
      actor: SYSTEM_ACTOR,
      action: "token.revoke",
      subject: { kind: "token", id, name },
    });
  }
  if (removed.length > 0) {
    logger.info(
      "the earlier token of BOOTSTRAP_API_TOKEN is no longer in the environment and stopped working",
    );
  }
  if (!token || !keptHash) return;
  await addToken(tx, { token, name: FROM_ENVIRONMENT, createdBy: FROM_ENVIRONMENT });
  if ((await selectTokenByHash(keptHash, tx))?.token.revoked_at) {
    logger.warn("the token of BOOTSTRAP_API_TOKEN was revoked: choose another one");
  }
}

async function addToken(
  tx: Db,
  { token, name, createdBy }: { token: string; name: string; createdBy: string },
): Promise<void> {
  const made = await insertToken(tx, { ...storedForm(token), name, role: "admin", created_by: createdBy });
  if (!made) return;
  await recordAudit(tx, {
    actor: SYSTEM_ACTOR,
    action: "token.create",
    subject: { kind: "token", id: made.id, name },
    changes: { role: { from: null, to: "admin" } },
  });
}

function warnOfWeak(given: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value && value.length < SAFE_LENGTH) {
      logger.warn(`${name} is short: with fewer than ${SAFE_LENGTH} characters it can be guessed.`);
    }
  }
}
