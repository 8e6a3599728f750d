import type { StoredPause } from "@/db/stored-pause";

/** A person's pause of a webhook; times are ISO 8601 in UTC. */
export type Pause = {
  holdsOrders: boolean;
  since: string;
  /** When it ends by itself; null when only a person ends it. */
  until: string | null;
  reason: string | null;
  by: string;
};

export function toPause({ holds_orders, since, until, reason, by }: StoredPause): Pause {
  return {
    holdsOrders: holds_orders,
    since: new Date(since).toISOString(),
    until: until === null ? null : new Date(until).toISOString(),
    reason,
    by,
  };
}
