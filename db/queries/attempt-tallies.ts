import type { StoredFlow } from "@/db/stored-flow";
import type { AttemptRecord, LogRow } from "./attempt-record";

export type WebhookTally = {
  webhook_id: number;
  sent: number;
  succeeded: number;
  /** Failures since the last success of this batch, or all of them when there was none. */
  failed_since: number;
  last_sent_at: string;
  last_success_at: string | null;
  last_error: string | null;
  is_flow_changed: boolean;
  flow: StoredFlow | null;
};

export type IntervalTally = {
  webhook_id: number;
  starts_at: string;
  succeeded: number;
  failed: number;
  durations: number[];
  shortest_ms: number;
  longest_ms: number;
};

const INTERVAL_MS = 5 * 60_000;

/** What a batch of attempts adds to each webhook's statistics. Tests, which have no delivery, do not count. */
export function tallyWebhooks(records: AttemptRecord[]): WebhookTally[] {
  const tallies = new Map<number, WebhookTally>();
  for (const { log, error_message, move, flow } of records) {
    if (move === null) continue;
    const tally = tallies.get(log.webhook_id) ?? emptyTally(log);
    if (flow !== undefined) Object.assign(tally, { is_flow_changed: true, flow });
    tallies.set(log.webhook_id, tally);
    tally.sent += 1;
    if (log.created_at > tally.last_sent_at) tally.last_sent_at = log.created_at;
    if (log.success) {
      tally.succeeded += 1;
      tally.failed_since = 0;
      tally.last_success_at = log.created_at;
    } else {
      tally.failed_since += 1;
      tally.last_error = error_message;
    }
  }
  // In one order everywhere, so that two processes never wait for each other's rows.
  return [...tallies.values()].sort((a, b) => a.webhook_id - b.webhook_id);
}

/** The same by webhook and five minutes, with a histogram of `buckets` durations. */
export function tallyIntervals(records: AttemptRecord[], buckets: number): IntervalTally[] {
  const tallies = new Map<string, IntervalTally>();
  for (const { log, move, duration_bucket } of records) {
    if (move === null) continue;
    const startsAt = Math.floor(Date.parse(log.created_at) / INTERVAL_MS) * INTERVAL_MS;
    const key = `${log.webhook_id}/${startsAt}`;
    const tally = tallies.get(key) ?? {
      webhook_id: log.webhook_id,
      starts_at: new Date(startsAt).toISOString(),
      succeeded: 0,
      failed: 0,
      durations: new Array<number>(buckets).fill(0),
      shortest_ms: log.duration_ms,
      longest_ms: log.duration_ms,
    };
    tallies.set(key, tally);
    if (log.success) tally.succeeded += 1;
    else tally.failed += 1;
    tally.shortest_ms = Math.min(tally.shortest_ms, log.duration_ms);
    tally.longest_ms = Math.max(tally.longest_ms, log.duration_ms);
    tally.durations[duration_bucket] = (tally.durations[duration_bucket] ?? 0) + 1;
  }
  return [...tallies.values()].sort(
    (a, b) => a.webhook_id - b.webhook_id || a.starts_at.localeCompare(b.starts_at),
  );
}

function emptyTally(log: LogRow): WebhookTally {
  return {
    webhook_id: log.webhook_id,
    sent: 0,
    succeeded: 0,
    failed_since: 0,
    last_sent_at: log.created_at,
    last_success_at: null,
    last_error: null,
    is_flow_changed: false,
    flow: null,
  };
}
