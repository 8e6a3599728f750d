import { setTimeout as sleep } from "node:timers/promises";
import type { ScheduledFunction, TurnContext } from "@/inngest/functions/scheduled";
import { logger } from "@/lib/logger";

export type Schedule = { stop: () => Promise<void> };

const STOP_WITHIN_MS = 5_000;

/**
 * Runs each function now and again `everySeconds` after it ended, so that no function ever overlaps itself. One
 * that fails is logged and has its next turn. `stop` aborts the turns under way and waits up to 5 s for them.
 */
export function startSchedule({
  functions,
  wake = async () => {},
}: {
  functions: ScheduledFunction[];
  wake?: TurnContext["wake"];
}): Schedule {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function repeat({ id, everySeconds, handler }: ScheduledFunction): Promise<void> {
    while (!signal.aborted) {
      try {
        await handler({ signal, wake });
      } catch (error) {
        if (!signal.aborted) logger.error({ err: error, function: id }, "a scheduled function failed");
      }
      // Rejects when the schedule stops, which the loop sees for itself.
      await sleep(everySeconds * 1000, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  const loops = Promise.all(functions.map(repeat));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([loops, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}
