import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { ATTEMPT_FAULT, DELIVERY_REFUSAL, type StoredRefusal } from "@/db/stored-refusal";
import { utc } from "@/db/utc";

export type DeliveryHistoryRow = {
  id: string;
  event_id: string;
  webhook_id: number;
  webhook_name: string;
  is_resend: boolean;
  state: "pending" | "succeeded" | "failed" | "cancelled";
  refusal: StoredRefusal | null;
  attempts: number;
  next_attempt_at: string | null;
  created_at: string;
  finished_at: string | null;
};

/** The deliveries of order events to the webhooks that still exist, or to one of them, oldest first. */
export function selectDeliveriesOf({
  eventIds,
  webhookId,
}: {
  eventIds: string[];
  webhookId?: number | undefined;
}): Promise<DeliveryHistoryRow[]> {
  const ids = JSON.stringify(eventIds);
  const webhook = webhookId === undefined ? sql`true` : sql`d.webhook_id = ${webhookId}::int`;
  return rows<DeliveryHistoryRow>(sql`
    with asked as materialized (select json_array_elements_text(${ids}::json) as id)
    select d.id, d.event_id, d.webhook_id, w.name as webhook_name, d.is_resend, d.state,
           ${sql.raw(DELIVERY_REFUSAL)} as refusal, d.attempts,
           ${sql.raw(utc("d.next_attempt_at"))} as next_attempt_at, ${sql.raw(utc("d.created_at"))} as created_at,
           ${sql.raw(utc("d.finished_at"))} as finished_at
    from (
      select d.* from asked join deliveries d on d.event_id = asked.id where not d.is_resend and ${webhook}
      union all
      select d.* from asked join deliveries d on d.event_id = asked.id where d.is_resend and ${webhook}
    ) d join outgoing_webhooks w on w.id = d.webhook_id
    order by d.created_at, d.id`);
}

export type DeliveryAttemptRow = {
  id: number;
  delivery_id: string;
  attempt_number: number;
  response_status: number | null;
  duration_ms: number;
  success: boolean;
  error_code: string | null;
  fault: StoredRefusal | null;
  created_at: string;
};

/** All attempts of deliveries, oldest first. */
export function selectAttemptsOf(deliveryIds: string[]): Promise<DeliveryAttemptRow[]> {
  return rows<DeliveryAttemptRow>(sql`
    select l.id::float8 as id, l.delivery_id, l.attempt_number, l.response_status, l.duration_ms, l.success,
           l.error_code, ${sql.raw(ATTEMPT_FAULT)} as fault, ${sql.raw(utc("l.created_at"))} as created_at
    from outgoing_webhook_logs l
    where l.delivery_id = any(array(select json_array_elements_text(${JSON.stringify(deliveryIds)}::json)::uuid))
    order by l.id`);
}
