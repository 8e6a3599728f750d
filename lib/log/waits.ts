import { selectWaits, type WaitRow } from "@/db/queries/waits";
import type { StoredFlow } from "@/db/stored-flow";
import { isDown, isPaused } from "@/lib/webhooks/health";

/** What a pending delivery waits for, apart from its own next attempt; times are ISO 8601 in UTC. */
export type Wait =
  | { kind: "order"; eventName: string }
  | { kind: "down"; since: string; nextProbeAt: string | null }
  | { kind: "paused"; until: string }
  | { kind: "held"; until: string | null };

type Waiting = { id: string; state: string };

/** What each of the deliveries waits for, null where it is nothing. One query, and none when none is pending. */
export async function withWaits<Row extends Waiting>(
  deliveries: Row[],
): Promise<(Row & { wait: Wait | null })[]> {
  const pending = deliveries.filter(({ state }) => state === "pending").map(({ id }) => id);
  const found = pending.length === 0 ? [] : await selectWaits(pending);
  const waits = new Map(found.map((row) => [row.delivery_id, waitOf({ row, now: Date.now() })]));
  return deliveries.map((delivery) => ({ ...delivery, wait: waits.get(delivery.id) ?? null }));
}

type Input = { row: Pick<WaitRow, "behind_event" | "flow" | "pause">; now: number };

/** The nearest reason: an earlier delivery of the same order has to end even when the webhook comes up. */
export function waitOf({ row: { behind_event: eventName, flow, pause }, now }: Input): Wait | null {
  if (pause?.holds_orders) return { kind: "held", until: pause.until === null ? null : isoTime(pause.until) };
  if (eventName !== null) return { kind: "order", eventName };
  if (isDown(flow)) {
    return { kind: "down", since: isoTime(flow.down_since), nextProbeAt: nextProbeAt(flow) };
  }
  return isPaused(flow, now) ? { kind: "paused", until: isoTime(flow.paused_until) } : null;
}

/** The same in plain English, as the API says it (contract 3). */
export function describeWait(wait: Wait): string {
  switch (wait.kind) {
    case "order":
      return `waits behind ${wait.eventName} of the same order`;
    case "down": {
      const probe = wait.nextProbeAt === null ? "" : `; it is probed next at ${wait.nextProbeAt}`;
      return `waits for the webhook, which is down since ${wait.since}${probe}`;
    }
    case "held": {
      const end = wait.until === null ? "" : ` until ${wait.until}`;
      return `waits while the webhook is paused${end}`;
    }
    case "paused":
      return `waits for the webhook, whose receiver asked for a pause until ${wait.until}`;
  }
}

/** When a webhook that is down is probed next: while its receiver asks for a pause, no probe goes out either. */
export function nextProbeAt({ next_probe_at, paused_until }: StoredFlow): string | null {
  const at = Math.max(next_probe_at ?? 0, paused_until ?? 0);
  return at === 0 ? null : isoTime(at);
}

export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
