import type { HealthState } from "./health";

export const WEBHOOK_SORTS = ["name", "state", "rate", "sent", "waiting"] as const;

/** What the list is sorted by; `isReversed` turns round the direction that a column begins with. */
export type WebhookOrder = { by: (typeof WEBHOOK_SORTS)[number]; isReversed: boolean };

export type Sortable = {
  id: number;
  name: string;
  state: HealthState;
  /** In percent, null before the first request. */
  rate: number | null;
  lastSentAt: Date | null;
  waiting: number;
};

const URGENCY: Record<HealthState, number> = {
  down: 0,
  deactivated: 1,
  failing: 2,
  unsteady: 3,
  paused: 4,
  healthy: 5,
  held: 6,
  off: 7,
};

const COLLATOR = new Intl.Collator(["ru", "en"], { numeric: true });

/**
 * Sorted as a person looks for trouble: what fails first, the lowest success rate, the newest request, the longest
 * backlog; names from A. What has no value comes last either way, and of equals the newest webhook first.
 */
export function sortWebhooks<Row extends Sortable>(webhooks: Row[], { by, isReversed }: WebhookOrder): Row[] {
  const turn = isReversed ? -1 : 1;
  return webhooks.toSorted((a, b) => {
    if (by === "name") return turn * COLLATOR.compare(a.name, b.name) || b.id - a.id;
    const [left, right] = [sortValue(a, by), sortValue(b, by)];
    if (left === null || right === null) {
      return Number(left === null) - Number(right === null) || b.id - a.id;
    }
    return turn * (left - right) || b.id - a.id;
  });
}

function sortValue(webhook: Sortable, by: Exclude<WebhookOrder["by"], "name">): number | null {
  switch (by) {
    case "state":
      return URGENCY[webhook.state];
    case "rate":
      return webhook.rate;
    case "sent":
      return webhook.lastSentAt === null ? null : -webhook.lastSentAt.getTime();
    case "waiting":
      return -webhook.waiting;
  }
}
