import { z } from "zod";
import { selectRecentOrderEvents } from "@/db/queries/recent-order-events";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";
import { DRY_RUN_FIELDS, type DryRunField, FIELDS, mapFields } from "@/lib/webhooks/fields";
import { matchingEvent, type SkipReason, skipReason } from "@/lib/webhooks/filters";

/** What decides about matching, of a webhook that need not exist yet. It counts as switched on. */
export const DryRunConfig = z.strictObject(
  mapFields(DRY_RUN_FIELDS, (name) => FIELDS[name].input) as {
    [Name in DryRunField]: (typeof FIELDS)[Name]["input"];
  },
);
export type DryRunConfig = z.output<typeof DryRunConfig>;

export type DryRun = {
  total: number;
  sent: number;
  /** The rest by the first reason that holds it back, the most frequent one first. */
  skipped: { code: SkipReason["code"]; count: number }[];
};

const LAST_EVENTS = 100;
// A hundred of these are in memory at once; an ordinary order has about 2 KiB.
const MAX_BYTES = 256 * 1024;

/** How many of the last 100 accepted order events this configuration would have sent. Throws forbidden below manager. */
export async function dryRun({ actor, config }: { actor: Actor; config: DryRunConfig }): Promise<DryRun> {
  requireRole(actor, "manager");
  const stored = await selectRecentOrderEvents({ limit: LAST_EVENTS, maxBytes: MAX_BYTES });
  const events = stored.map(readStoredOrderEvent).filter((event) => event !== null);
  const matching = { ...config, name: "", is_active: true };
  const reasons = events.map((event) => skipReason(matching, matchingEvent(event)));
  const counts = new Map<SkipReason["code"], number>();
  for (const reason of reasons) if (reason) counts.set(reason.code, (counts.get(reason.code) ?? 0) + 1);
  return {
    total: events.length,
    sent: reasons.filter((reason) => reason === null).length,
    skipped: [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}
