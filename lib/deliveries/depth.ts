import { processWide } from "@/db/process-wide";
import { env } from "@/lib/env";

type Depths = {
  /** A request of the webhook has ended. */
  answered: (webhookId: number, answer: { success: boolean; durationMs: number }) => void;
  /** One of its runs found no slot free for a while. */
  crowded: (webhookId: number) => void;
  depthOf: (webhookId: number) => number;
};

// Inngest takes some 0.2 s from being asked for a run to calling it: at a receiver that answers sooner, a webhook with
// as many runs as requests at once would send nothing for most of the time.
const QUICK_MS = 1_000;
const AHEAD = 8;

/**
 * How many runs Inngest may have of a webhook that is not held up: as many as it may have requests at once, and eight
 * times as many while its receiver answers quickly. So what waits for a slow or hung receiver waits in the tables and
 * keeps none of Inngest's workers from the others.
 */
export function depths(): Depths {
  return processWide("run-depths", () => createDepths(env().WEBHOOK_CONCURRENCY));
}

function createDepths(atOnce: number): Depths {
  const quick = new Set<number>();
  return {
    answered: (webhookId, { success, durationMs }) => {
      if (success && durationMs <= QUICK_MS) quick.add(webhookId);
      else quick.delete(webhookId);
    },
    crowded: (webhookId) => void quick.delete(webhookId),
    depthOf: (webhookId) => (quick.has(webhookId) ? atOnce * AHEAD : atOnce),
  };
}
