"use client";

import { useNow } from "next-intl";
import { useSyncExternalStore } from "react";

const EVERY_MS = 15_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
// Until the first tick the server's time counts, which the page was drawn with.
let ticked = 0;

/** The time, a few seconds old at most; one timer serves all that show it. */
export function useTickingNow(): Date {
  const drawn = useNow();
  const latest = useSyncExternalStore(
    subscribe,
    () => ticked,
    () => 0,
  );
  return latest > drawn.getTime() ? new Date(latest) : drawn;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    timer = setInterval(tick, EVERY_MS);
    // The page that shows the time was opened from another, drawn long ago.
    if (performance.now() > EVERY_MS) ticked = Date.now();
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  ticked = Date.now();
  for (const listener of listeners) listener();
}
