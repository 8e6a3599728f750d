import { processWide } from "@/db/process-wide";
import { openWindow, slowDown, speedUp, type Window } from "./window";

/** Lets requests through to each webhook as its window allows: for runs that Inngest starts as it likes. */
export type RequestWindows = {
  /** Returns when a request may go out; `leave` must follow. Those who wait go in the order they came. */
  enter: (webhookId: number) => Promise<void>;
  leave: (webhookId: number) => void;
  /** The webhook is held up from now on. */
  slowDown: (webhookId: number) => void;
  /**
   * The same, where this process may not have seen it happen; once for each time that it was held up `until`. False
   * when more than may be under way have entered: who asks leaves and enters again.
   */
  beSlow: (webhookId: number, until: number) => boolean;
  succeed: (webhookId: number) => void;
};

type Entry = { window: Window; inFlight: number; waiting: (() => void)[]; slowedUntil: number };

// A window that was not narrowed for so long has nothing to remember.
const FORGET_MS = 60_000;

export function requestWindows(): RequestWindows {
  return processWide("request-windows", createRequestWindows);
}

export function createRequestWindows(): RequestWindows {
  const entries = new Map<number, Entry>();

  function entryOf(webhookId: number): Entry {
    const entry = entries.get(webhookId) ?? {
      window: openWindow(),
      inFlight: 0,
      waiting: [],
      slowedUntil: 0,
    };
    entries.set(webhookId, entry);
    return entry;
  }

  function letIn(entry: Entry): void {
    while (entry.inFlight < entry.window.size) {
      const next = entry.waiting.shift();
      if (!next) return;
      entry.inFlight += 1;
      next();
    }
  }

  return {
    enter: (webhookId) =>
      new Promise((resolve) => {
        const entry = entryOf(webhookId);
        entry.waiting.push(resolve);
        letIn(entry);
      }),
    leave: (webhookId) => {
      const entry = entryOf(webhookId);
      entry.inFlight -= 1;
      letIn(entry);
      const isForgotten = Date.now() - entry.window.slowedAt > FORGET_MS;
      if (entry.inFlight === 0 && entry.waiting.length === 0 && isForgotten) entries.delete(webhookId);
    },
    slowDown: (webhookId) => {
      const { window, inFlight } = entryOf(webhookId);
      slowDown(window, { inFlight, now: Date.now() });
    },
    beSlow: (webhookId, until) => {
      const entry = entryOf(webhookId);
      if (entry.slowedUntil !== until) slowDown(entry.window, { inFlight: 0, now: Date.now() });
      entry.slowedUntil = until;
      return entry.inFlight <= entry.window.size;
    },
    succeed: (webhookId) => speedUp(entryOf(webhookId).window, { now: Date.now() }),
  };
}
