import { answer, type Behaviour } from "@/lib/outbound/testing/behaviours";
import type { RecordedRequest } from "@/lib/outbound/testing/receiver";

type Bucket = {
  size: number;
  perSecond: number;
  /** Told of each request that is answered with 200. */
  onTaken?: (request: RecordedRequest) => void;
};

/** Takes `size` requests at once and then `perSecond`; the others get a 503 without a Retry-After, as from Bitrix24. */
export function bucket({ size, perSecond, onTaken = () => {} }: Bucket): Behaviour {
  let tokens = size;
  let filledAt = performance.now();
  return (response, request) => {
    const now = performance.now();
    tokens = Math.min(size, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
    const isTaken = tokens >= 1;
    if (isTaken) {
      tokens -= 1;
      onTaken(request);
    }
    answer(isTaken ? 200 : 503)(response, request);
  };
}
