import type { StoredFlow } from "@/db/stored-flow";
import type { StoredRefusal } from "@/db/stored-refusal";

/** One HTTP request as the log keeps it. */
export type LogRow = {
  webhook_id: number;
  delivery_id: string | null;
  event_id: string | null;
  order_id: number | null;
  order_external_id: string | null;
  event_type: string;
  attempt_number: number;
  request_url: string;
  request_headers: Record<string, string>;
  request_body: string | null;
  response_status: number | null;
  response_headers: Record<string, string> | null;
  response_body: string | null;
  duration_ms: number;
  success: boolean;
  error_code: string | null;
  fault: StoredRefusal | null;
  created_at: string;
};

/** What an attempt means for its delivery. */
export type DeliveryMove = {
  state: "pending" | "succeeded" | "failed";
  refusal: StoredRefusal | null;
  next_attempt_at: string | null;
};

/** `move` is null for a test, which has no delivery. */
export type AttemptRecord = {
  log: LogRow;
  /** The fault in English, for the statistics. */
  error_message: string | null;
  duration_bucket: number;
  move: DeliveryMove | null;
  /** What holds up the webhook from now on; undefined where the attempt changed nothing of it. */
  flow?: StoredFlow | null | undefined;
};
