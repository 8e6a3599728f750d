import type { BenchProduct, NewWebhook } from "./bench-product";
import { type Latency, measureLatency } from "./latency";
import type { Receiver } from "./receiver";

// Nothing listens on the port for «discard».
const REFUSES = "http://127.0.0.1:9/dead";

/** A healthy webhook's latency while others take the same events. */
export async function measureBeside(options: {
  product: BenchProduct;
  receiver: Receiver;
  ratePerSecond: number;
  seconds: number;
  others: NewWebhook[];
}): Promise<Latency> {
  const { product, receiver, others } = options;
  await product.setWebhooks([{ url: `${receiver.url}/healthy` }, ...others]);
  return measureLatency(options);
}

/** What a healthy webhook is measured beside, in the words of the report. */
export function company(receiver: Receiver): Record<string, NewWebhook[]> {
  return {
    alone: [],
    "beside six that refuse connections": Array.from({ length: 6 }, () => ({ url: REFUSES })),
    "beside one that never answers": [{ url: `${receiver.url}/hang` }],
  };
}
