/** A person's pause of a webhook, as `outgoing_webhooks.pause` keeps it; times in ms since 1970. */
export type StoredPause = {
  /** Its orders wait for the end of the pause; else what was pending was cancelled, and nothing is matched. */
  holds_orders: boolean;
  since: number;
  /** When it ends by itself; null when only a person ends it. */
  until: number | null;
  reason: string | null;
  /** Who paused it. */
  by: string;
};
