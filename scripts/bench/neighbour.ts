import { type BenchProduct, makeEvents, waitUntil } from "./bench-product";
import { measureLatency } from "./latency";
import type { Receiver } from "./receiver";

const RATE_PER_SECOND = 200;
const PENDING = 10_000;
const BATCH = 500;
const WITHIN_MS = 60_000;

export type Neighbour = { aloneMs: number; besideHungMs: number };

/**
 * A healthy webhook's p95 at 200 events a second, alone and beside one that never answers and has 10,000
 * deliveries pending (of an event that only it takes).
 */
export async function measureNeighbour(options: {
  product: BenchProduct;
  receiver: Receiver;
  seconds: number;
}): Promise<Neighbour> {
  const { product, receiver, seconds } = options;
  const healthy = { url: `${receiver.url}/healthy`, fields: { send_on_order_cancelled: false } };
  const hung = {
    url: `${receiver.url}/hang`,
    fields: { send_on_order_created: false, send_on_order_cancelled: true },
  };
  const measure = { product, receiver, ratePerSecond: RATE_PER_SECOND, seconds };
  await product.setWebhooks([healthy]);
  const alone = await measureLatency(measure);
  await product.setWebhooks([healthy, hung]);
  for (let sent = 0; sent < PENDING; sent += BATCH) await product.send(makeEvents(BATCH, "order.cancelled"));
  await waitForTurn({ product, receiver });
  const beside = await measureLatency(measure);
  return { aloneMs: alone.p95, besideHungMs: beside.p95 };
}

// Events are matched in the order they came: when this one arrives, the 10,000 are pending.
async function waitForTurn(options: { product: BenchProduct; receiver: Receiver }): Promise<void> {
  const { product, receiver } = options;
  const before = await receiver.count();
  await product.send(makeEvents(1));
  await waitUntil("the pending ones to be stored", WITHIN_MS, async () => (await receiver.count()) > before);
}
