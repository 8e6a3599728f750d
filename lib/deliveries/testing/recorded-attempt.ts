import type { AttemptRecord } from "@/db/queries/attempts";
import { durationBucket } from "@/lib/deliveries/duration-buckets";

/** An attempt as the engine records it, a success of 20 ms unless told otherwise. */
export function recordedAttempt(
  fields: Pick<AttemptRecord, "webhook_id" | "delivery_id"> & Partial<AttemptRecord>,
): AttemptRecord {
  const { success = true, duration_ms = 20 } = fields;
  return {
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
    error_message: success ? null : "crm.example answered 500.",
    created_at: new Date().toISOString(),
    delivery_state: success ? "succeeded" : "failed",
    delivery_reason: null,
    next_attempt_at: null,
    duration_bucket: durationBucket(duration_ms),
    ...fields,
  };
}
