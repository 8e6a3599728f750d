import { randomBytes } from "node:crypto";
import { toBase32 } from "@/lib/auth/second-factor/totp";
import { sha256Hex } from "@/lib/crypto";

const CODES = 10;

/** Ten codes of 80 random bits, as `XXXX-XXXX-XXXX-XXXX`, and what is stored of them. */
export function makeRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const plain = Array.from({ length: CODES }, () => toBase32(randomBytes(10)));
  return {
    codes: plain.map((code) => code.match(/.{4}/g)?.join("-") ?? code),
    hashes: plain.map(sha256Hex),
  };
}
