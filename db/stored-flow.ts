import type { StoredRefusal } from "./stored-refusal";

/** What holds up a webhook's deliveries, as `webhook_stats.flow` keeps it; times in ms since 1970. */
export type StoredFlow = {
  /** Nothing is sent before. */
  paused_until: number | null;
  /** Pauses in a row. */
  pauses: number;
  down_since: number | null;
  /** The fault that keeps it down. */
  down_reason: StoredRefusal | null;
  /** Probes that failed. */
  probes: number;
  next_probe_at: number | null;
};
