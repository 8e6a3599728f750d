import { once } from "node:events";
import { Worker } from "node:worker_threads";

/** One request of a flood; `{n}` in its body becomes the number of the address that sends it. */
export type Shot = { method: string; path: string; headers?: Record<string, string>; body?: string };

export type FloodOptions = {
  url: string;
  /** How many addresses send, each again 250 ms after it was answered. */
  addresses: number;
  /** Told by a proxy in X-Forwarded-For; else real ones of the loopback net. */
  isForwarded?: boolean;
  /** The addresses take turns with these. */
  shots: Shot[];
};

/** How often each status was answered, and how many of 429 did not say when to come again. */
export type Flooded = { answers: Record<string, number>; lacksRetryAfter: number };

const PAUSE_MS = 250;

/** Sends requests from many addresses at once, from a thread of its own, until stopped. */
export function startFlood({ isForwarded = false, ...options }: FloodOptions): {
  stop: () => Promise<Flooded>;
} {
  const worker = new Worker(new URL("./flood-worker.mjs", import.meta.url), {
    workerData: { ...options, isForwarded, pauseMs: PAUSE_MS },
  });
  return {
    stop: async () => {
      const ended = once(worker, "message");
      worker.postMessage("stop");
      const [flooded] = (await ended) as [Flooded];
      return flooded;
    },
  };
}
