import type { BenchProduct, NewWebhook } from "./bench-product";
import { healthyWebhook, hungWebhooks, sendToHung } from "./hung";
import type { Receiver } from "./receiver";
import { measureThroughput } from "./throughput";

const WEBHOOKS_PER_EVENT = 5;
const OTHER_WEBHOOKS = 500;
const HUNG_WEBHOOKS = 10;
const PENDING = 50_000;

type Options = { product: BenchProduct; receiver: Receiver; deliveries: number };

/** Deliveries a second with 5 webhooks an event, after a run that is not counted. */
export async function measureWarm(options: Options): Promise<number> {
  const shared = { ...options, webhooksPerEvent: WEBHOOKS_PER_EVENT };
  await measureThroughput({ ...shared, deliveries: options.deliveries / 2 });
  return measureThroughput(shared);
}

/** The same beside 500 active webhooks that none of the events matches. */
export async function measureBesideOthers(options: Options): Promise<number> {
  const fields = { filter_order_types: ["PICKUP"], filter_statuses: ["Never"] };
  const others: NewWebhook[] = Array.from({ length: OTHER_WEBHOOKS }, () => ({
    url: `${options.receiver.url}/others`,
    fields,
  }));
  return measureThroughput({ ...options, webhooksPerEvent: WEBHOOKS_PER_EVENT, others });
}

/** The product's peak memory in MB with 50,000 deliveries pending at ten receivers that never answer. */
export async function measureMemoryPending({ product, receiver }: Options): Promise<number> {
  const hung = hungWebhooks({ receiver, count: HUNG_WEBHOOKS });
  await product.setWebhooks([healthyWebhook(receiver), ...hung]);
  await sendToHung({ product, receiver, events: PENDING / HUNG_WEBHOOKS });
  return product.rssMb();
}
