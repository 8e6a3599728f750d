import { type BenchProduct, makeEvents, type NewWebhook, waitUntil } from "./bench-product";
import type { Receiver } from "./receiver";

const BATCH = 500;
const WITHIN_MS = 60_000;

/** A webhook that takes all order events but cancellations. */
export function healthyWebhook(receiver: Receiver): NewWebhook {
  return { url: `${receiver.url}/healthy`, fields: { send_on_order_cancelled: false } };
}

const CANCELLATIONS = {
  send_on_order_created: false,
  send_on_order_updated: false,
  send_on_order_status_changed: false,
  send_on_order_cancelled: true,
};

/** Webhooks whose receiver never answers; they take cancellations only. */
export function hungWebhooks({ receiver, count }: { receiver: Receiver; count: number }): NewWebhook[] {
  const hung = { url: `${receiver.url}/hang`, fields: CANCELLATIONS };
  return Array.from({ length: count }, () => hung);
}

/** A webhook whose receiver is away, and which outlasts that; it takes cancellations only. */
export function awayWebhook(receiver: Receiver): NewWebhook {
  const fields = { ...CANCELLATIONS, retry_count: 0, give_up_after_minutes: 60 };
  return { url: `${receiver.url}/away`, fields };
}

/** Sends cancellations, and waits until each is matched: the product must have a healthy webhook too. */
export async function sendToHung(options: {
  product: BenchProduct;
  receiver: Receiver;
  events: number;
}): Promise<void> {
  const { product, receiver, events } = options;
  for (let sent = 0; sent < events; sent += BATCH) await product.send(makeEvents(BATCH, "order.cancelled"));
  // Events are matched in the order they came: when this one arrives, those before it are.
  const before = await receiver.count();
  await product.send(makeEvents(1));
  await waitUntil("the pending ones to be stored", WITHIN_MS, async () => (await receiver.count()) > before);
}
