import { type AttemptRecord, insertAttempts } from "@/db/queries/attempts";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { createGroupCommit } from "@/lib/group-commit";
import { DURATION_BUCKETS_MS, durationBucket } from "./duration-buckets";
import type { Exchange } from "./send-to-webhook";

/**
 * Writes one attempt: its log row, its delivery's state and the statistics move in one transaction, shared
 * with the attempts that ended at the same time. Waits while the database is away, since the request was made.
 */
export const recordAttempt: (record: AttemptRecord) => Promise<void> = createGroupCommit({
  maxItems: 200,
  isPatient: true,
  flush: async (records) => {
    await insertAttempts(records, DURATION_BUCKETS_MS.length);
    return records.map(() => undefined);
  },
});

/** Logs a test. Returns the log row's id, or null when the webhook was deleted meanwhile. */
export async function recordTest(record: AttemptRecord): Promise<number | null> {
  const [id] = await insertAttempts([record], DURATION_BUCKETS_MS.length);
  return id ?? null;
}

type ExchangeColumns = Pick<
  AttemptRecord,
  | "webhook_id"
  | "request_url"
  | "request_headers"
  | "request_body"
  | "response_status"
  | "response_headers"
  | "response_body"
  | "duration_ms"
  | "duration_bucket"
  | "success"
  | "error_code"
  | "error_message"
  | "created_at"
>;

/** The columns that say what was exchanged; the body is the delivery's and is not stored again. */
export function attemptRecord(input: {
  webhook: WebhookRow;
  exchange: Exchange;
  now: Date;
}): ExchangeColumns {
  const { url, requestHeaders, outcome } = input.exchange;
  return {
    webhook_id: input.webhook.id,
    request_url: url,
    request_headers: requestHeaders,
    request_body: null,
    response_status: outcome.status,
    response_headers: outcome.responseHeaders,
    response_body: outcome.responseBody,
    duration_ms: outcome.durationMs,
    duration_bucket: durationBucket(outcome.durationMs),
    success: outcome.success,
    error_code: outcome.errorCode,
    error_message: outcome.errorMessage,
    created_at: input.now.toISOString(),
  };
}
