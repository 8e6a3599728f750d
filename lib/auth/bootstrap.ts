import { type Db, db } from "@/db/client";
import { insertToken, revokeOthersOf, selectTokenByHash } from "@/db/queries/tokens";
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
 * `admin@localhost` with a random password and an API token; and the token of BOOTSTRAP_API_TOKEN. Runs at
 * every start and in several processes at once; an existing user is left as it is. Null when nothing was made up.
 */
export async function bootstrap(from: Env = env()): Promise<FirstAdmin | null> {
  warnOfWeak({ ADMIN_PASSWORD: from.ADMIN_PASSWORD, BOOTSTRAP_API_TOKEN: from.BOOTSTRAP_API_TOKEN });
  return db().transaction(async (tx) => {
    await lockUserChanges(tx);
    if (from.BOOTSTRAP_API_TOKEN) await ensureToken(tx, from.BOOTSTRAP_API_TOKEN);
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
    passwordHash: await hashPassword(password),
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

/** A token that replaced an earlier one in the environment ends that one; a revoked one stays revoked. */
async function ensureToken(tx: Db, token: string): Promise<void> {
  await addToken(tx, { token, name: FROM_ENVIRONMENT, createdBy: FROM_ENVIRONMENT });
  const { tokenHash } = storedForm(token);
  if ((await selectTokenByHash(tokenHash, tx))?.revokedAt) {
    logger.warn("the token of BOOTSTRAP_API_TOKEN was revoked: choose another one");
  }
  const replaced = await revokeOthersOf(tx, { createdBy: FROM_ENVIRONMENT, tokenHash });
  if (replaced > 0) logger.info({ replaced }, "BOOTSTRAP_API_TOKEN changed: the earlier token was revoked");
}

async function addToken(
  tx: Db,
  { token, name, createdBy }: { token: string; name: string; createdBy: string },
): Promise<void> {
  const made = await insertToken(tx, { ...storedForm(token), name, role: "admin", createdBy });
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
