import type { AttemptRecord, DeliveryMove, LogRow } from "@/db/queries/attempt-record";
import { insertAttempts, isAttemptLogged } from "@/db/queries/attempts";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { createGroupCommit } from "@/lib/group-commit";
import { DURATION_BUCKETS_MS, durationBucket } from "@/lib/log/duration-buckets";
import { refusalText } from "@/lib/refusals/refusal-text";
import type { Exchange } from "./send-to-webhook";

// A statement for a single attempt costs the database as much as twenty more attempts in it.
const GATHER_MS = 10;

/**
 * Writes one attempt: its log row, its delivery's state and the statistics move in one transaction, shared
 * with the attempts that ended at the same time. Waits while the database is away, since the request was made.
 */
export const recordAttempt: (record: AttemptRecord) => Promise<void> = createGroupCommit({
  maxItems: 200,
  gatherMs: GATHER_MS,
  isPatient: true,
  flush: async (records) => {
    if (!(await wasCommitted(records))) await insertAttempts(records, DURATION_BUCKETS_MS.length);
    return records.map(() => undefined);
  },
});

const tried = new WeakSet<AttemptRecord>();

// A database that went silent may have committed what it did not answer: what is written again must not count twice.
async function wasCommitted([first]: AttemptRecord[]): Promise<boolean> {
  if (!first) return true;
  const isRepeated = tried.has(first);
  tried.add(first);
  return isRepeated && (await isAttemptLogged(first.log));
}

/** Logs a test. Returns the log row's id, or null when the webhook was deleted meanwhile. */
export async function recordTest(record: AttemptRecord): Promise<number | null> {
  const [id] = await insertAttempts([record], DURATION_BUCKETS_MS.length);
  return id ?? null;
}

/** Which request it was; `request_body` is null where the delivery has it. */
type Request = Pick<
  LogRow,
  | "delivery_id"
  | "event_id"
  | "order_id"
  | "order_external_id"
  | "event_type"
  | "attempt_number"
  | "request_body"
>;

type Attempt = {
  webhook: WebhookRow;
  request: Request;
  exchange: Exchange;
  move: DeliveryMove | null;
  flow?: AttemptRecord["flow"];
  now: Date;
};

/** What was exchanged, as it is recorded. Spelt out, since spreading objects into this one takes ten times as long. */
export function attemptRecord({ webhook, request, exchange, move, flow, now }: Attempt): AttemptRecord {
  const { url, requestHeaders, outcome } = exchange;
  const log: LogRow = {
    webhook_id: webhook.id,
    delivery_id: request.delivery_id,
    event_id: request.event_id,
    order_id: request.order_id,
    order_external_id: request.order_external_id,
    event_type: request.event_type,
    attempt_number: request.attempt_number,
    request_url: url,
    request_headers: requestHeaders,
    request_body: request.request_body,
    response_status: outcome.status,
    response_headers: outcome.responseHeaders,
    response_body: outcome.responseBody,
    duration_ms: outcome.durationMs,
    success: outcome.success,
    error_code: outcome.errorCode,
    fault: outcome.fault,
    created_at: now.toISOString(),
  };
  return {
    log,
    error_message: outcome.fault && refusalText(outcome.fault),
    duration_bucket: durationBucket(outcome.durationMs),
    move,
    flow,
  };
}
