import { processWide } from "@/db/process-wide";
import type { Actor } from "@/lib/auth/actor";

// How long another process's revocation may go unnoticed here; this process's own bites at once.
const FRESH_MS = 5_000;
const TOUCH_EVERY_MS = 60_000;
const MAX_TOKENS = 1_000;

/** `actor` is null until this process has seen the token work. */
type Known = { actor: Actor | null; freshUntil: number; touchedAt: number };

const cache = processWide("token-cache", () => ({ known: new Map<string, Known>(), generation: 0 }));

/** The token's actor while the last look at the database is fresh. */
export function cachedActor(tokenHash: string): Actor | null {
  const known = cache.known.get(tokenHash);
  return known && known.freshUntil > Date.now() ? known.actor : null;
}

/** Notes a token that exists, and is to be looked up when it is used. */
export function expectToken(tokenHash: string): void {
  if (cache.known.size >= MAX_TOKENS || cache.known.has(tokenHash)) return;
  cache.known.set(tokenHash, { actor: null, freshUntil: 0, touchedAt: 0 });
}

/** Whether the token exists, as far as this process knows. */
export function isExpectedToken(tokenHash: string): boolean {
  return cache.known.has(tokenHash);
}

/** Remembers a token, unless one was revoked since `generation`; answers whether its use is due to be noted. */
export function rememberToken({
  tokenHash,
  actor,
  generation,
}: {
  tokenHash: string;
  actor: Actor;
  generation: number;
}): boolean {
  const now = Date.now();
  const touchedAt = cache.known.get(tokenHash)?.touchedAt ?? 0;
  const isTouchDue = now - touchedAt >= TOUCH_EVERY_MS;
  if (generation !== cache.generation) return isTouchDue;
  if (cache.known.size >= MAX_TOKENS) cache.known.clear();
  cache.known.set(tokenHash, {
    actor,
    freshUntil: now + FRESH_MS,
    touchedAt: isTouchDue ? now : touchedAt,
  });
  return isTouchDue;
}

/** Read before the look-up whose result `rememberToken` is given. */
export function tokenGeneration(): number {
  return cache.generation;
}

/** Has every token looked up again; called when one was revoked. That they worked stays known. */
export function forgetTokens(): void {
  cache.generation += 1;
  for (const known of cache.known.values()) {
    known.freshUntil = 0;
    known.touchedAt = 0;
  }
}

/** Forgets a token that was refused. */
export function forgetToken(tokenHash: string): void {
  cache.known.delete(tokenHash);
}
