import { type Actor, requireRole } from "@/lib/auth/actor";
import { objectIn } from "@/lib/json-object";
import { existingOrderEvent } from "@/lib/log/existing-order-event";
import { sentByIiko } from "@/lib/orders/iiko-message";

/** What came in, as texts: `data` of an event, or all of one that was rejected; `iiko` is iiko's own message. */
export type RawEvent = { data: string; iiko: string | null };

/** An order event as it came, for operators up, as all bodies are. Throws not_found. */
export async function getRawEvent({ actor, id }: { actor: Actor; id: string }): Promise<RawEvent> {
  requireRole(actor, "operator");
  const event = await existingOrderEvent(id);
  const iiko = iikoTextOf(event.data);
  return { data: iiko === null ? event.data : withoutIikoMessage(event.data), iiko };
}

/** The message of iiko's own that the stored data of an event was made of; null where it came from elsewhere. */
export function iikoTextOf(data: string): string | null {
  if (!data.includes('"iiko_message"')) return null;
  const kept = objectIn(JSON.parse(data));
  // What does not fit the contract is kept whole, with its data inside.
  return sentByIiko(kept.iiko_message ?? objectIn(kept.data).iiko_message)?.text ?? null;
}

// It stands beside the message itself.
function withoutIikoMessage(data: string): string {
  return JSON.stringify(JSON.parse(data), (key, value: unknown) =>
    key === "iiko_message" ? undefined : value,
  );
}
