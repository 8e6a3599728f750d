import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import type { Receiver } from "@/lib/outbound/testing/receiver";

/** Stores and matches an event of each of the orders numbered from `from` on, one after another. */
export async function storeOrders(count: number, from = 1): Promise<void> {
  for (let id = from; id < from + count; id += 1) {
    const order = { id, readable_number: `${id}`, status: "OnWay" };
    await storeOrderEvent({ id: `e-${id}`, name: "order.created", data: { order } });
    await matchOrderEvent(`e-${id}`);
  }
}

/** The numbers of the orders as the receiver got them. */
export function receivedNumbers({ requests }: Pick<Receiver, "requests">): number[] {
  return requests.map(({ body }) => Number(JSON.parse(body).readableNumber));
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
