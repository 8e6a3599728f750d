import { findPendingDeliveries, type LineCursor } from "@/db/queries/pending-deliveries";
import { recentWebhooks } from "@/lib/webhooks/current";
import { dueAt } from "./due";
import { lineOf } from "./line";
import type { LoadedDelivery } from "./match";

/** A pending delivery and its place among all of its webhook. */
export type Pending = {
  id: string;
  position: number;
  /** The deliveries of one line are sent one after another. */
  line: string;
  /** Of its body. */
  bytes: number;
  /** When it may be sent, in ms since 1970; 0 is at once. */
  dueAt: number;
  /** What need not be read again for its request; null where its body is large, or nothing of it is known. */
  loaded: LoadedDelivery | null;
};

/** A body longer than this is read for its request alone, in characters or bytes. */
export const MAX_KEPT_BODY = 16 * 1024;

/** The next pending deliveries of a webhook after `after`, in the order of its line. */
export async function readPending(page: {
  webhookId: number;
  after: LineCursor;
  limit: number;
}): Promise<Pending[]> {
  // Asked for first: what a webhook changed since makes the deliveries be read again.
  const { revision } = await recentWebhooks();
  const rows = await findPendingDeliveries({ ...page, maxBodyBytes: MAX_KEPT_BODY });
  return rows.map(({ position, ordered, bytes, body, ...delivery }) => ({
    id: delivery.id,
    position,
    line: lineOf({ ...delivery, ordered }),
    bytes,
    dueAt: dueAt(delivery.next_attempt_at),
    loaded: body === null ? null : { delivery: { ...delivery, body }, revision },
  }));
}
