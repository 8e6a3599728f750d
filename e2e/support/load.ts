import { setTimeout as sleep } from "node:timers/promises";
import { sendEvents } from "./api";
import { makeEvent } from "./orders";
import { ACCESS } from "./product";

export type Load = {
  /** External ids of the orders whose events were answered with 200. */
  accepted: Set<string>;
  /** How often each status was answered; `none` counts requests that got no answer. */
  answers: Map<number | "none", number>;
  /** Resolves as soon as `count` more batches than now have been accepted. */
  acceptedBatches: (count: number) => Promise<void>;
  /** Resolves as soon as a request is answered with `status`. */
  answered: (status: number) => Promise<void>;
  /** Sends nothing more and waits for the answers that are due. */
  stop: () => Promise<void>;
};

type Options = {
  /** Asked before each request: the load may move to another process. */
  url: () => string;
  accepted?: Set<string>;
  batchSize?: number;
  senders?: number;
  /** The pause of each sender after a request that was accepted. */
  pauseMs?: number;
};

const PAUSE_AFTER_REFUSAL_MS = 50;

/** Order events in batches, one after the other from each sender, whatever is answered, until stopped. */
export function startLoad({ url, accepted = new Set(), ...options }: Options): Load {
  const { batchSize = 20, senders = 2, pauseMs = 0 } = options;
  const answers: Load["answers"] = new Map();
  const checks = new Set<() => void>();
  let batches = 0;
  let isStopping = false;

  const sendUntilStopped = async () => {
    while (!isStopping) {
      const events = Array.from({ length: batchSize }, () => makeEvent());
      const answer = await sendEvents({ url: url(), eventKey: ACCESS.eventKey, events }).catch(() => null);
      const status = answer?.status ?? "none";
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status === 200) {
        batches += 1;
        for (const { data } of events) accepted.add(String(data.order.external_order_id));
      }
      for (const check of checks) check();
      const pause = status === 200 ? pauseMs : PAUSE_AFTER_REFUSAL_MS;
      if (pause > 0) await sleep(pause);
    }
  };
  const running = Promise.all(Array.from({ length: senders }, sendUntilStopped));

  const until = (isTrue: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!isTrue()) return;
        checks.delete(check);
        resolve();
      };
      checks.add(check);
      check();
    });
  return {
    accepted,
    answers,
    acceptedBatches: (count) => {
      const wanted = batches + count;
      return until(() => batches >= wanted);
    },
    answered: (status) => until(() => (answers.get(status) ?? 0) > 0),
    stop: async () => {
      isStopping = true;
      await running;
    },
  };
}
