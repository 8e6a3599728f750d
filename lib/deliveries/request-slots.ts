import { processWide } from "@/db/process-wide";
import { env } from "@/lib/env";

type Slots = {
  /** Takes a slot if one is free now. */
  tryTake: (webhookId: number) => boolean;
  /** Takes a slot as soon as one is free, before whoever only tries; false when none is within `withinMs`. */
  take: (webhookId: number, withinMs?: number) => Promise<boolean>;
  free: (webhookId: number) => void;
  /** Who is told that a slot is free; one at a time. */
  onFree: (listener: ((webhookId: number) => void) | null) => void;
};

/** At most WEBHOOK_CONCURRENCY requests at once to one webhook from this process, tests among them. */
export function requestSlots(): Slots {
  return processWide("request-slots", () => createRequestSlots(env().WEBHOOK_CONCURRENCY));
}

/** Slots by webhook, `limit` each. A webhook costs memory only while something of it runs. */
export function createRequestSlots(limit: number): Slots {
  const taken = new Map<number, number>();
  const waiting = new Map<number, (() => void)[]>();
  let listener: ((webhookId: number) => void) | null = null;

  function tryTake(webhookId: number): boolean {
    const count = taken.get(webhookId) ?? 0;
    if (count >= limit) return false;
    taken.set(webhookId, count + 1);
    return true;
  }

  return {
    tryTake,
    take: async (webhookId, withinMs) => {
      if (tryTake(webhookId)) return true;
      return new Promise<boolean>((resolve) => {
        const start = () => {
          clearTimeout(timer);
          resolve(true);
        };
        const giveUp = () => {
          const others = (waiting.get(webhookId) ?? []).filter((one) => one !== start);
          waiting.set(webhookId, others);
          resolve(false);
        };
        const timer = withinMs === undefined ? undefined : setTimeout(giveUp, withinMs);
        waiting.set(webhookId, [...(waiting.get(webhookId) ?? []), start]);
      });
    },
    free: (webhookId) => {
      const [next, ...others] = waiting.get(webhookId) ?? [];
      if (others.length > 0) waiting.set(webhookId, others);
      else waiting.delete(webhookId);
      // Handed on as it is, so that nobody slips in between.
      if (next) return next();
      const count = taken.get(webhookId) ?? 0;
      if (count > 1) taken.set(webhookId, count - 1);
      else taken.delete(webhookId);
      listener?.(webhookId);
    },
    onFree: (told) => {
      listener = told;
    },
  };
}
