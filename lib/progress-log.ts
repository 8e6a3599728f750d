import { logger } from "@/lib/logger";

type Window = { startedAt: number; lines: number; skipped: number };

const LINES_PER_SECOND = 20;
const WINDOW_MS = 1_000;
const windows = new Map<string, Window>();

/**
 * Logs one step of an order event's way, by the ids that follow it from intake to attempt: at level info the first
 * 20 a second of each `message`, and one line that says how many more there were; the rest at level debug only,
 * so that a burst is not slowed by telling of itself. `fields` never hold a secret, a body or an order's data.
 */
export function logProgress(message: string, fields: () => Record<string, unknown>): void {
  const window = currentWindow(message);
  if (window.lines < LINES_PER_SECOND) {
    window.lines += 1;
    logger.info(fields(), message);
    return;
  }
  if (window.skipped === 0) setTimeout(() => reportSkipped({ message, window }), WINDOW_MS).unref();
  window.skipped += 1;
  if (logger.isLevelEnabled("debug")) logger.debug(fields(), message);
}

function currentWindow(message: string): Window {
  const now = performance.now();
  const present = windows.get(message);
  if (present && now - present.startedAt < WINDOW_MS) return present;
  const next = { startedAt: now, lines: 0, skipped: 0 };
  windows.set(message, next);
  return next;
}

function reportSkipped({ message, window }: { message: string; window: Window }): void {
  logger.info(
    { message, count: window.skipped },
    "more of the same in this second; LOG_LEVEL=debug shows each",
  );
}
