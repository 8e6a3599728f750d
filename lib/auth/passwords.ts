import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import { type Asking, inHashSlot } from "@/lib/auth/hash-slots";

// OWASP's floor for argon2id, which is the package's default algorithm: 19 MiB, two passes (about 25 ms).
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A first password: 20 characters that hold 120 random bits. */
export function makePassword(): string {
  return randomBytes(15).toString("base64url");
}

export function hashPassword(password: string): Promise<string> {
  return inHashSlot({ asking: "known", work: () => hash(password.normalize("NFKC"), OPTIONS) });
}

let decoyHash: Promise<string> | undefined;

/**
 * Whether the password fits; without a hash (an unknown user) it takes as long and answers false. Throws
 * `AppError("rate_limited")` when too many are asked at once, for a stranger sooner.
 */
export async function isPasswordOf({
  password,
  passwordHash,
  asking = "known",
}: {
  password: string;
  passwordHash: string | undefined;
  asking?: Asking;
}): Promise<boolean> {
  decoyHash ??= hash(randomBytes(16).toString("hex"), OPTIONS);
  const fitting = passwordHash ?? (await decoyHash);
  const isMatch = await inHashSlot({ asking, work: () => verify(fitting, password.normalize("NFKC")) });
  return isMatch && passwordHash !== undefined;
}
