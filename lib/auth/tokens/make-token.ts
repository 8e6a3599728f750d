import { randomBytes } from "node:crypto";
import { sha256Hex } from "@/lib/crypto";

const PREFIX_LENGTH = 8;

/** A new API token: 32 random bytes after `ihw_`, which secret scanners and people can recognise. */
export function makeToken(): string {
  return `ihw_${randomBytes(32).toString("base64url")}`;
}

/** What is stored of a token: its SHA-256, and the first characters by which a person tells it apart. */
export function storedForm(token: string): { token_hash: string; prefix: string } {
  const shown = Math.min(PREFIX_LENGTH, Math.floor(token.length / 4));
  return { token_hash: sha256Hex(token), prefix: token.slice(0, shown) };
}
