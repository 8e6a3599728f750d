import type { BenchProduct } from "./bench-product";
import { awayWebhook, healthyWebhook, hungWebhooks, sendToHung } from "./hung";
import { measureLatency } from "./latency";
import type { Receiver } from "./receiver";

const RATE_PER_SECOND = 200;
const PENDING = 10_000;

export type Neighbour = { aloneMs: number; besideHungMs: number; besideDownMs: number };

/**
 * A healthy webhook's p95 at 200 events a second, alone, beside one that never answers and beside one that is down,
 * each with 10,000 deliveries pending (of events that only it takes).
 */
export async function measureNeighbour(options: {
  product: BenchProduct;
  receiver: Receiver;
  seconds: number;
}): Promise<Neighbour> {
  const { product, receiver, seconds } = options;
  const measure = { product, receiver, ratePerSecond: RATE_PER_SECOND, seconds };
  const healthy = healthyWebhook(receiver);
  const measureBeside = async (other: ReturnType<typeof awayWebhook>[]) => {
    await product.setWebhooks([healthy, ...other]);
    if (other.length > 0) await sendToHung({ product, receiver, events: PENDING });
    return (await measureLatency(measure)).p95;
  };
  const aloneMs = await measureBeside([]);
  const besideDownMs = await measureBeside([awayWebhook(receiver)]);
  const besideHungMs = await measureBeside(hungWebhooks({ receiver, count: 1 }));
  return { aloneMs, besideHungMs, besideDownMs };
}
