import { db } from "@/db/client";
import { replaceAlertSecret, selectAlertSettings } from "@/db/queries/alert-settings";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { canDecrypt, decrypt, encrypt, keyMissing, needsReencryption } from "@/lib/crypto";

/** Encrypts what alerts keep secret under the first key of ENCRYPTION_KEY; answers how many changed. Admins only. */
export async function reencryptAlertSecrets({ actor }: { actor: Actor }): Promise<number> {
  requireRole(actor, "admin");
  let reencrypted = 0;
  for (const { key, secret_enc: from } of await selectAlertSettings()) {
    if (from === null || !needsReencryption(from)) continue;
    if (await replaceAlertSecret(db(), { key, from, to: encrypt(decrypt(from)) })) reencrypted += 1;
  }
  return reencrypted;
}

/** Throws, naming the channels and the way out, when ENCRYPTION_KEY does not open every secret of alerts. */
export async function requireKeysOfAlertSecrets(): Promise<void> {
  const closed = (await selectAlertSettings()).filter(
    ({ secret_enc }) => secret_enc && !canDecrypt(secret_enc),
  );
  if (closed.length === 0) return;
  throw keyMissing(
    `The secret of the alerts by ${closed.map(({ key }) => key).join(" and ")} cannot be read.`,
  );
}
