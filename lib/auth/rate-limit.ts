import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

export type RateLimit = {
  /** Seconds until `key` may try again; 0 when it may try now. Counts nothing. */
  waitSeconds: (key: string) => number;
  /** Counts one try of `key`. */
  count: (key: string) => void;
  /** Takes one counted try back: it turned out to be a good one. */
  refund: (key: string) => void;
};

type Window = { tries: number; endsAt: number };
type Options = { limit: number; windowSeconds: number; now?: () => number };

// A sender that varies its key must not be able to fill the memory: the oldest windows go first.
const MAX_KEYS = 20_000;

/** At most `limit` tries per key and window of `windowSeconds`, counted in this process's memory. */
export function createRateLimit({ limit, windowSeconds, now = Date.now }: Options): RateLimit {
  const windows = new Map<string, Window>();
  return {
    waitSeconds: (key) => {
      const current = openWindow({ windows, key, now: now() });
      if (!current || current.tries < limit) return 0;
      return Math.ceil((current.endsAt - now()) / 1000);
    },
    count: (key) => {
      const current = openWindow({ windows, key, now: now() });
      if (current) current.tries += 1;
      else windows.set(key, { tries: 1, endsAt: now() + windowSeconds * 1000 });
      if (windows.size > MAX_KEYS) windows.delete(windows.keys().next().value ?? key);
    },
    refund: (key) => {
      const current = windows.get(key);
      if (current) current.tries = Math.max(0, current.tries - 1);
    },
  };
}

function openWindow({ windows, key, now }: { windows: Map<string, Window>; key: string; now: number }) {
  const current = windows.get(key);
  if (!current || current.endsAt > now) return current;
  windows.delete(key);
  return undefined;
}

type Guessing = {
  tries: RateLimit;
  key: string;
  /** What is said after too many wrong tries. */
  tooMany: "too_many_passwords" | "too_many_codes";
  isRight: () => Promise<boolean>;
};

/** Whether a try is right; those that are not count. Throws `AppError("rate_limited")` after too many of them. */
export async function tryWithin({ tries, key, tooMany, isRight }: Guessing): Promise<boolean> {
  const wait = tries.waitSeconds(key);
  if (wait > 0) throw limited({ code: tooMany, wait });
  tries.count(key);
  const isGood = await isRight();
  if (isGood) tries.refund(key);
  return isGood;
}

type Limited = { code: "too_many_passwords" | "too_many_codes" | "too_many_sign_ins"; wait: number };

/** The refusal of one who has to wait for so many seconds, worded in minutes. */
export function limited({ code, wait }: Limited): AppError {
  return new AppError("rate_limited", refuse(code, { minutes: Math.ceil(wait / 60) }), [], wait);
}
