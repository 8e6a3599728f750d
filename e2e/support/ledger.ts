import { expect } from "@playwright/test";
import type { Receiver, RecordedRequest } from "@/lib/outbound/testing/receiver";
import { createApi } from "./api";
import { ACCESS } from "./product";
import type { Json } from "./test";

/** A stretch of time in which something was broken, in ms since 1970. */
export type Fault = { from: number; to: number };

type Books = { accepted: Set<string>; receiver: Receiver; names: string[] };

/** How many accepted orders have not come to how many webhooks; a webhook's path is its name. */
export function missing({ accepted, receiver, names }: Books): number {
  const arrived = new Set(receiver.requests.map(deliveryOf));
  const wanted = [...accepted].flatMap((id) => names.map((name) => `/${name} ${id}`));
  return wanted.filter((one) => !arrived.has(one)).length;
}

/**
 * Insists that a request came twice only across one of the `faults`, under the same webhook-id, so that a
 * receiver can tell. Returns how many came twice. `names` are webhooks whose receiver always answers 200.
 */
export function countRepeats({
  receiver,
  names,
  faults,
}: Omit<Books, "accepted"> & { faults: Fault[] }): number {
  const first = new Map<string, RecordedRequest>();
  let repeats = 0;
  for (const request of receiver.requests.filter(({ path }) => names.includes(path.slice(1)))) {
    const delivery = deliveryOf(request);
    const earlier = first.get(delivery);
    first.set(delivery, request);
    if (!earlier) continue;
    repeats += 1;
    expect(request.headers["webhook-id"], delivery).toBe(earlier.headers["webhook-id"]);
    const [from, to] = [earlier.receivedAt.getTime(), request.receivedAt.getTime()];
    const isExplained = faults.some((fault) => from <= fault.to && fault.from <= to);
    const story = `${delivery} came at ${from} and at ${to}; faults: ${JSON.stringify(faults)}`;
    expect(isExplained, story).toBe(true);
  }
  return repeats;
}

/** Waits until each webhook's log holds one success of each accepted order, as its statistics say. */
export async function expectLogged({ url, accepted }: { url: string; accepted: Set<string> }): Promise<void> {
  const api = createApi({ url, token: ACCESS.apiToken });
  const fewest = async () => {
    const webhooks = (await api.get("/outgoing-webhooks")).body as { total_success: number }[];
    return Math.min(...webhooks.map((webhook) => webhook.total_success));
  };
  await expect.poll(fewest, { timeout: 60_000 }).toBeGreaterThanOrEqual(accepted.size);
}

/** A webhook's fields: to `/name` at the receiver, with a body that says whose order it is. */
export function ledgerWebhook({
  receiver,
  name,
  ...fields
}: { receiver: Receiver; name: string } & Json): Json {
  return {
    name,
    webhook_url: `${receiver.url}/${name}`,
    payload_format: "custom",
    include_fields: ["external_id"],
    retry_count: 10,
    retry_delay_seconds: 1,
    ...fields,
  };
}

function deliveryOf({ path, body }: RecordedRequest): string {
  return `${path} ${JSON.parse(body).order.external_id}`;
}
