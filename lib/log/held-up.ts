import { type BacklogRow, MAX_BACKLOG, selectBacklogs } from "@/db/queries/backlogs";
import type { StoredRefusal } from "@/db/stored-refusal";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { shownTo } from "@/lib/log/shown-to";
import { isoTime, nextProbeAt } from "@/lib/log/waits";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { isDown, isPaused } from "@/lib/webhooks/health";
import { type Pause, toPause } from "@/lib/webhooks/pause-view";

/**
 * What waits for a webhook that is held up. Counts stop at 10,000 deliveries, which `isCapped` tells; of more than
 * 2,000 the orders are not told apart: null.
 */
type Backlog = { orders: number | null; deliveries: number; isCapped: boolean };

/** Times are ISO 8601 in UTC. */
export type HeldUp = Backlog &
  (
    | {
        kind: "down";
        since: string;
        /** As the actor may see it. */
        fault: StoredRefusal | null;
        nextProbeAt: string | null;
        /** About how long the backlog takes once the receiver is back; null when nothing was ever delivered. */
        drainSeconds: number | null;
      }
    | { kind: "paused"; until: string }
    | { kind: "held"; pause: Pause }
  );

/** Those of the webhooks that send nothing now though orders are matched for them: what holds them up, and what waits. */
export async function listHeldUp({
  actor,
  webhookIds,
  now = Date.now(),
}: {
  actor: Actor;
  webhookIds: number[];
  now?: number;
}): Promise<Map<number, HeldUp>> {
  requireRole(actor, "viewer");
  if (webhookIds.length === 0) return new Map();
  const found = await selectBacklogs({ webhookIds, eventNames: [...ORDER_EVENT_NAMES] });
  return new Map(
    found.flatMap((row) => {
      const heldUp = toHeldUp({ row, actor, now });
      return heldUp ? [[row.webhook_id, heldUp] as const] : [];
    }),
  );
}

function toHeldUp({ row, actor, now }: { row: BacklogRow; actor: Actor; now: number }): HeldUp | null {
  const { flow, pause, orders, deliveries } = row;
  const backlog = { orders, deliveries, isCapped: deliveries >= MAX_BACKLOG };
  if (pause?.holds_orders) return { ...backlog, kind: "held", pause: toPause(pause) };
  if (isDown(flow)) {
    return {
      ...backlog,
      kind: "down",
      since: isoTime(flow.down_since),
      fault: shownTo(actor, { fault: flow.down_reason }).fault,
      nextProbeAt: nextProbeAt(flow),
      drainSeconds: drainSeconds(row),
    };
  }
  return isPaused(flow, now) ? { ...backlog, kind: "paused", until: isoTime(flow.paused_until) } : null;
}

/**
 * From how long its requests took lately: one at once, then one more with each success up to as many as it may have, of
 * an order one at a time where the order is kept.
 */
export function drainSeconds({
  deliveries,
  orders,
  ordered,
  average_ms: averageMs,
}: Pick<BacklogRow, "deliveries" | "orders" | "ordered" | "average_ms">): number | null {
  if (averageMs === null) return null;
  const lines = ordered ? (orders ?? deliveries) : deliveries;
  const most = Math.min(env().WEBHOOK_CONCURRENCY, lines);
  let [waiting, rounds] = [deliveries, 0];
  // Each of those that succeed makes room for one more.
  for (let atOnce = 1; atOnce < most && waiting > 0; atOnce *= 2) {
    waiting -= atOnce;
    rounds += 1;
  }
  if (waiting > 0) rounds += waiting / most;
  return Math.ceil((rounds * averageMs) / 1000);
}
