import { createCipheriv, createDecipheriv, createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { secrets } from "@/lib/secrets";

// v1.<key id>.<iv>.<tag>.<ciphertext>, each base64url: the key id finds the key during a rotation.
const VERSION = "v1";

/** Encrypts a webhook's secret for the database: AES-256-GCM under the first key of ENCRYPTION_KEY. */
export function encrypt(plain: string): string {
  const [key] = encryptionKeys();
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key.bytes, iv);
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"));
  return [VERSION, key.id, ...parts].join(".");
}

/** The opposite of `encrypt`, with any key of ENCRYPTION_KEY. Throws when none fits or the text was altered. */
export function decrypt(stored: string): string {
  const [version, keyId, iv, tag, sealed] = stored.split(".");
  if (version !== VERSION || !iv || !tag || sealed === undefined)
    throw new Error("An encrypted value is damaged.");
  const key = encryptionKeys().find((candidate) => candidate.id === keyId);
  if (!key)
    throw new Error(`ENCRYPTION_KEY does not hold the key ${keyId} that a stored secret was encrypted with.`);
  const decipher = createDecipheriv("aes-256-gcm", key.bytes, Buffer.from(iv, "base64url"));
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(sealed, "base64url")), decipher.final()]).toString(
    "utf8",
  );
}

/** Whether some key of ENCRYPTION_KEY opens `stored`. */
export function canDecrypt(stored: string): boolean {
  try {
    decrypt(stored);
    return true;
  } catch {
    return false;
  }
}

/** The error of a start whose ENCRYPTION_KEY does not open what is stored: `what` says so, line by line. */
export function keyMissing(...what: string[]): Error {
  const wayOut = "Start with the key of that time, alone or after a new one: ENCRYPTION_KEY=<new>,<old>.";
  return new Error([...what, wayOut].join("\n"));
}

/** True when `stored` is under an older key than the first of ENCRYPTION_KEY. */
export function needsReencryption(stored: string): boolean {
  return stored.split(".")[1] !== encryptionKeys()[0].id;
}

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Compares two secrets in a time that does not tell where they differ. */
export function isSameSecret(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)));
}

type EncryptionKey = { id: string; bytes: Buffer };
let parsed: { text: string; keys: [EncryptionKey, ...EncryptionKey[]] } | undefined;

/** ENCRYPTION_KEY holds the current key and, after a comma, older ones that still decrypt. */
function encryptionKeys(): [EncryptionKey, ...EncryptionKey[]] {
  const text = secrets().ENCRYPTION_KEY;
  if (parsed?.text === text) return parsed.keys;
  const [first, ...older] = text.split(",").map((part) => toKey(part.trim()));
  if (!first) throw new Error("ENCRYPTION_KEY is empty.");
  parsed = { text, keys: [first, ...older] };
  return parsed.keys;
}

function toKey(text: string): EncryptionKey {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (bytes.length !== 32) {
    throw new Error(
      "ENCRYPTION_KEY must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32",
    );
  }
  return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 8), bytes };
}
