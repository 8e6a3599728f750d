import { setTimeout as sleep } from "node:timers/promises";
import { type BenchEvent, type BenchProduct, makeEvents, waitUntil } from "./bench-product";
import type { Receiver } from "./receiver";
import { percentile, tenth } from "./statistics";

/** What takes events: the product, or what it is measured against. */
export type Sender = Pick<BenchProduct, "send">;

export type Latency = { p50: number; p95: number; p99: number };

// Above this rate the events come in arrays, as they do from a sender with that many.
const MAX_SINGLE_PER_SECOND = 200;
const ARRAY = 20;
const WITHIN_MS = 30_000;

/**
 * Milliseconds from the intake's answer to the request at the receiver, for events at a steady rate: an open
 * loop, which sends the next event in time whether or not the last was answered.
 */
export async function measureLatency(options: {
  product: Sender;
  receiver: Receiver;
  ratePerSecond: number;
  seconds: number;
}): Promise<Latency> {
  const { product, receiver, ratePerSecond, seconds } = options;
  const perRequest = ratePerSecond > MAX_SINGLE_PER_SECOND ? ARRAY : 1;
  const requests = Math.round((ratePerSecond * seconds) / perRequest);
  const arrivedBefore = await receiver.count();
  receiver.noteTimes();

  const startedAt = performance.now();
  const answers: Promise<{ events: BenchEvent[]; answeredAt: number }>[] = [];
  for (let index = 0; index < requests; index++) {
    const dueMs = startedAt + (index * 1000 * perRequest) / ratePerSecond - performance.now();
    if (dueMs > 0) await sleep(dueMs);
    const events = makeEvents(perRequest);
    answers.push(product.send(events).then((answeredAt) => ({ events, answeredAt })));
  }
  const answered = await Promise.all(answers);
  const expected = requests * perRequest;
  const have = async () => (await receiver.count()) - arrivedBefore;
  await waitUntil(`${expected} requests`, WITHIN_MS, async () => (await have()) >= expected);

  const arrivals = await receiver.takeTimes();
  const times = answered.flatMap(({ events, answeredAt }) =>
    events.map(({ id }) => Math.max(0, (arrivals.get(id) ?? Number.NaN) - answeredAt)),
  );
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => tenth(percentile(sorted, share));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
