import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";

// OWASP's floor for argon2id, which is the package's default algorithm: 19 MiB, two passes (about 25 ms).
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A first password: 20 characters that hold 120 random bits. */
export function makePassword(): string {
  return randomBytes(15).toString("base64url");
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), OPTIONS);
}

let decoyHash: Promise<string> | undefined;

/** Whether the password fits; without a hash (an unknown user) it takes as long and answers false. */
export async function isPasswordOf({
  password,
  passwordHash,
}: {
  password: string;
  passwordHash: string | undefined;
}): Promise<boolean> {
  decoyHash ??= hashPassword(randomBytes(16).toString("hex"));
  const isMatch = await verify(passwordHash ?? (await decoyHash), password.normalize("NFKC"));
  return isMatch && passwordHash !== undefined;
}
