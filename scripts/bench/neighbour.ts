import type { BenchProduct } from "./bench-product";
import { healthyWebhook, hungWebhooks, sendToHung } from "./hung";
import { measureLatency } from "./latency";
import type { Receiver } from "./receiver";

const RATE_PER_SECOND = 200;
const PENDING = 10_000;

export type Neighbour = { aloneMs: number; besideHungMs: number };

/**
 * A healthy webhook's p95 at 200 events a second, alone and beside one that never answers and has 10,000
 * deliveries pending (of events that only it takes).
 */
export async function measureNeighbour(options: {
  product: BenchProduct;
  receiver: Receiver;
  seconds: number;
}): Promise<Neighbour> {
  const { product, receiver, seconds } = options;
  const measure = { product, receiver, ratePerSecond: RATE_PER_SECOND, seconds };
  await product.setWebhooks([healthyWebhook(receiver)]);
  const alone = await measureLatency(measure);
  await product.setWebhooks([healthyWebhook(receiver), ...hungWebhooks({ receiver, count: 1 })]);
  await sendToHung({ product, receiver, events: PENDING });
  const beside = await measureLatency(measure);
  return { aloneMs: alone.p95, besideHungMs: beside.p95 };
}
