import type { DeliveryRequested, Step } from "@/inngest/functions/step";

export type Memo = Record<string, unknown>;

export type Recording = {
  step: Step;
  /** Finished steps by id; what a rerun of the handler does not do again. */
  memo: Memo;
  /** Events sent by this run so far; they are committed together with what the run comes to next. */
  sent: DeliveryRequested[];
  /** Settles when the handler reaches a sleep that has not passed: the time it is due, in ms since 1970. */
  suspended: Promise<number>;
};

/**
 * Inngest's step tools over a memo: a finished step returns its stored result, an unfinished one is done, and
 * a sleep suspends the run, whose handler is then simply left behind and called anew when it is due.
 */
export function recordSteps(stored: Memo | null): Recording {
  const memo: Memo = { ...stored };
  const sent: DeliveryRequested[] = [];
  let suspend: (dueAt: number) => void;
  const suspended = new Promise<number>((resolve) => {
    suspend = resolve;
  });

  const step: Step = {
    async run<T>(id: string, fn: () => Promise<T>): Promise<T> {
      if (!Object.hasOwn(memo, id)) memo[id] = await fn();
      return memo[id] as T;
    },
    async sleep(id, ms) {
      if (Object.hasOwn(memo, id)) return;
      memo[id] = true;
      if (ms <= 0) return;
      suspend(Date.now() + ms);
      await new Promise<never>(() => {});
    },
    async sendEvent(id, events) {
      if (Object.hasOwn(memo, id)) return;
      memo[id] = true;
      sent.push(...events);
    },
  };
  return { step, memo, sent, suspended };
}
