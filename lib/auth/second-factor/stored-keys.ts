import { db } from "@/db/client";
import { replaceTotpSecret, selectUsers } from "@/db/queries/users";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { canDecrypt, decrypt, encrypt, keyMissing, needsReencryption } from "@/lib/crypto";

/** Encrypts every user's second factor under the first key of ENCRYPTION_KEY; answers how many changed. Admins only. */
export async function reencryptSecondFactors({ actor }: { actor: Actor }): Promise<number> {
  requireRole(actor, "admin");
  let reencrypted = 0;
  for (const { id, totp_secret_enc: from } of await selectUsers()) {
    if (!from || !needsReencryption(from)) continue;
    if (await replaceTotpSecret(db(), { id, from, to: encrypt(decrypt(from)) })) reencrypted += 1;
  }
  return reencrypted;
}

/** Throws, naming the users and the way out, when ENCRYPTION_KEY does not open every second factor. */
export async function requireKeysOfSecondFactors(): Promise<void> {
  const closed = (await selectUsers()).filter(
    ({ totp_secret_enc: totpSecretEnc }) => totpSecretEnc && !canDecrypt(totpSecretEnc),
  );
  if (closed.length === 0) return;
  throw keyMissing(`The second factor of ${closed.map(({ email }) => email).join(", ")} cannot be read.`);
}
