const LIMIT = 30;
const REFILL_MS = 2_000;
// A sender that varies its address must not be able to fill the memory.
const MAX_ADDRESSES = 20_000;

/**
 * Remembers who was answered 429 again and again: after 30 of those an address has to wait two seconds for each one
 * more, and may be refused without being asked what it wants.
 */
export function createRefusals(now = Date.now) {
  // When the address is as good as new again.
  const clearAt = new Map();
  return {
    /** Seconds that the address still has to wait; 0 when it may try. */
    waitSeconds: (address) => {
      const overMs = (clearAt.get(address) ?? 0) - now() - (LIMIT - 1) * REFILL_MS;
      return overMs > 0 ? Math.ceil(overMs / 1000) : 0;
    },
    count: (address) => {
      const base = Math.max(clearAt.get(address) ?? 0, now());
      clearAt.delete(address);
      clearAt.set(address, base + REFILL_MS);
      if (clearAt.size > MAX_ADDRESSES) clearAt.delete(clearAt.keys().next().value);
    },
  };
}
