import type { AttemptRecord, LogRow } from "@/db/queries/attempt-record";
import { durationBucket } from "@/lib/log/duration-buckets";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";

const FAULT = refuse("fault_status_5xx", { receiver: "crm.example", answer: "500 Internal Server Error" });

/** An attempt as the engine records it, a success of 20 ms unless told otherwise; a test if it has no delivery. */
export function recordedAttempt(
  fields: Pick<LogRow, "webhook_id" | "delivery_id"> & Partial<LogRow>,
): AttemptRecord {
  const { success = true, duration_ms = 20, delivery_id } = fields;
  const log: LogRow = {
    event_id: null,
    order_id: null,
    order_external_id: null,
    event_type: "order.created",
    attempt_number: 1,
    request_url: "https://crm.example/hook",
    request_headers: {},
    request_body: null,
    response_status: success ? 200 : 500,
    response_headers: {},
    response_body: "",
    duration_ms,
    success,
    error_code: success ? null : "http_5xx",
    created_at: new Date().toISOString(),
    fault: success ? null : FAULT,
    ...fields,
  };
  const move = { state: success ? "succeeded" : "failed", refusal: null, next_attempt_at: null } as const;
  const error_message = log.fault && refusalText(log.fault);
  return {
    log,
    error_message,
    duration_bucket: durationBucket(duration_ms),
    move: delivery_id === null ? null : move,
  };
}
