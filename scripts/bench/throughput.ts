import { type BenchProduct, makeEvents, type NewWebhook, waitUntil } from "./bench-product";
import type { Receiver } from "./receiver";

const BATCH = 100;
const SENDERS = 2;
const WITHIN_MS = 60_000;

/**
 * Deliveries a second from the first event sent to the last attempt in the log, events coming as fast as the
 * intake takes them, in arrays of 100.
 */
export async function measureThroughput(options: {
  product: Pick<BenchProduct, "send" | "setWebhooks" | "totalSent">;
  receiver: Receiver;
  webhooksPerEvent: number;
  deliveries: number;
  /** Webhooks beside these, which no event matches. */
  others?: NewWebhook[];
}): Promise<number> {
  const { product, receiver, webhooksPerEvent, deliveries, others = [] } = options;
  const matching = Array.from({ length: webhooksPerEvent }, (_, index) => ({
    url: `${receiver.url}/webhook-${index}`,
  }));
  await product.setWebhooks([...matching, ...others]);
  const batches = Math.max(SENDERS, Math.round(deliveries / webhooksPerEvent / BATCH));
  const expected = batches * BATCH * webhooksPerEvent;
  const [arrivedBefore, loggedBefore] = await Promise.all([receiver.count(), product.totalSent()]);
  const startedAt = performance.now();
  let left = batches;
  const sendBatches = async () => {
    while (left > 0) {
      left -= 1;
      await product.send(makeEvents(BATCH));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sendBatches));
  const arrived = async () => (await receiver.count()) - arrivedBefore;
  const logged = async () => (await product.totalSent()) - loggedBefore;
  await waitUntil(`${expected} requests`, WITHIN_MS, async () => (await arrived()) >= expected);
  await waitUntil(`${expected} log rows`, WITHIN_MS, async () => (await logged()) >= expected);
  return expected / ((performance.now() - startedAt) / 1000);
}
