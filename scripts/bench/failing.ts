import { setTimeout as sleep } from "node:timers/promises";
import { type BenchProduct, makeEvents } from "./bench-product";
import type { Receiver } from "./receiver";

// So many that there is always something else to send while repeats wait: with 200, those orders are waited for that fail
// most, and the waits alone take half as long again order by order.
const ORDERS = 2_000;
const EVENTS_AN_ORDER = 4;
const BATCH = 500;
// What failed often goes out long after the rest, with nothing beside it.
const MEASURED_SHARE = 0.9;

/**
 * Deliveries a second of 2,000 orders with four events each through a receiver that takes 10 ms and fails a random
 * third of all requests, from the first event sent until 90 % are delivered.
 */
export async function measureFailing(options: {
  product: BenchProduct;
  receiver: Receiver;
  ordered: boolean;
}): Promise<number> {
  const { product, receiver, ordered } = options;
  const fields = { ordered, retry_count: 10, retry_delay_seconds: 1 };
  await product.setWebhooks([{ url: `${receiver.url}/third`, fields }]);
  const events = orderEvents();
  const wanted = events.length * MEASURED_SHARE;
  const before = await receiver.count();
  const startedAt = performance.now();
  for (let first = 0; first < events.length; first += BATCH) {
    await product.send(events.slice(first, first + BATCH));
  }
  while ((await receiver.count()) - before < wanted) await sleep(10);
  const tookMs = performance.now() - startedAt;
  while ((await receiver.count()) - before < events.length) await sleep(100);
  return Math.round((wanted / tookMs) * 1_000);
}

/** The first of each order, then the second of each. */
function orderEvents(): unknown[] {
  const made = makeEvents(ORDERS);
  return Array.from({ length: EVENTS_AN_ORDER }, (_, place) =>
    made.map((event) => ({
      ...event,
      id: `${event.id}-${place}`,
      name: place ? "order.updated" : event.name,
    })),
  ).flat();
}
