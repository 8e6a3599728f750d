import { processWide } from "@/db/process-wide";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

// A hash keeps a core busy for some 25 ms and takes a thread from what reads files and resolves names. Strangers
// get one at once, so that a flood of guesses leaves a core to the order events and a slot to those who are known.
const AT_ONCE = { known: 2, stranger: 1 };
const WAITING_AT_MOST = { known: 32, stranger: 8 };
const RETRY_AFTER_SECONDS = 1;
// While strangers queue, a core is theirs for a fourth of the time.
const REST_PER_HASH = 3;

export type Asking = keyof typeof AT_ONCE;

const slots = processWide("hash-slots", () => ({
  running: 0,
  isResting: false,
  waiting: { known: [] as (() => void)[], stranger: [] as (() => void)[] },
}));

/**
 * Runs `work`, which hashes a password, as soon as few enough are hashed; who is known goes first. Throws
 * `AppError("rate_limited")` at once when too many wait already.
 */
export async function inHashSlot<Result>({
  asking,
  work,
}: {
  asking: Asking;
  work: () => Promise<Result>;
}): Promise<Result> {
  await takeSlot(asking);
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    slots.running -= 1;
    if (asking === "stranger" && slots.waiting.stranger.length > 0) rest(performance.now() - startedAt);
    startNext();
  }
}

function rest(tookMs: number): void {
  slots.isResting = true;
  setTimeout(() => {
    slots.isResting = false;
    startNext();
  }, tookMs * REST_PER_HASH);
}

async function takeSlot(asking: Asking): Promise<void> {
  const isHeld = asking === "stranger" && slots.isResting;
  if (slots.running < AT_ONCE[asking] && !isHeld) {
    slots.running += 1;
    return;
  }
  const queue = slots.waiting[asking];
  if (queue.length >= WAITING_AT_MOST[asking]) {
    throw new AppError("rate_limited", refuse("signing_in_busy"), [], RETRY_AFTER_SECONDS);
  }
  await new Promise<void>((start) => queue.push(start));
}

function startNext(): void {
  const asking = slots.waiting.known.length > 0 ? "known" : "stranger";
  if (slots.running >= AT_ONCE[asking] || (asking === "stranger" && slots.isResting)) return;
  const start = slots.waiting[asking].shift();
  if (!start) return;
  slots.running += 1;
  start();
}
