import { z } from "zod";
import { ATTEMPT_EVENT_TYPES } from "@/lib/log/attempt-filters";
import { SET } from "@/lib/webhooks/field-kinds";

const time = z.iso.datetime();
/** The shapes of answers, for the OpenAPI document; tests check real answers against them. */
export const Attempt = z.strictObject({
  id: z.int(),
  webhook_id: z.int(),
  webhook_name: z.string(),
  delivery_id: z
    .uuid()
    .nullable()
    .meta({ description: "The same for all attempts of a delivery; null for a test." }),
  event_id: z.string().nullable().meta({ description: "The order event, as in /order-events/{event_id}." }),
  order_id: z.int().nullable(),
  order_external_id: z.string().nullable(),
  event_type: z.enum(ATTEMPT_EVENT_TYPES),
  attempt_number: z.int(),
  request_url: z.string().meta({ description: "Below the role manager, secrets in it stand as ***." }),
  request_method: z.literal("POST"),
  response_status: z.int().nullable().meta({ description: "Null when no answer came." }),
  duration_ms: z.int(),
  success: z.boolean(),
  error_message: z.string().nullable(),
  created_at: time,
});

const headers = z.record(z.string(), z.string());
const body = z.string().nullable();

export const AttemptDetail = Attempt.extend({
  request_headers: headers.meta({ description: `Secrets stand as "${SET}".` }),
  request_body: body.optional().meta({ description: "Left out below the role operator." }),
  response_headers: headers.nullable(),
  response_body: body.optional().meta({ description: "At most 16 KiB. Left out below the role operator." }),
});

export const OrderEventSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  ts: time.nullable().meta({ description: "The time the sender gave." }),
  state: z.enum(["accepted", "rejected"]),
  reason: z.string().nullable().meta({ description: "Why it was rejected." }),
  order_id: z.int().nullable(),
  order_external_id: z.string().nullable(),
  readable_number: z.string().nullable(),
  order_status: z.string().nullable(),
  received_at: time,
});

const Delivery = z.strictObject({
  id: z.uuid(),
  is_resend: z.boolean(),
  state: z.enum(["pending", "succeeded", "failed", "cancelled"]),
  reason: z.string().nullable(),
  attempts: z.int(),
  next_attempt_at: time.nullable(),
  created_at: time,
  finished_at: time.nullable(),
  waits_for: z.string().nullable().meta({
    description:
      "While it is pending: what it waits for besides its own next attempt, such as an earlier event of the same order.",
  }),
});

const Decision = z.strictObject({
  webhook_id: z.int(),
  webhook_name: z.string(),
  decision: z.enum(["sent", "not_sent"]),
  reason_code: z
    .enum([
      "inactive",
      "event_off",
      "organization_filter",
      "order_type_filter",
      "status_filter",
      "webhook_deleted",
    ])
    .optional(),
  reason: z.string().optional(),
  deliveries: z.array(Delivery),
});

export const OrderEventDetail = OrderEventSummary.extend({
  is_matched: z
    .boolean()
    .meta({ description: "False while the event waits to be matched, and for a rejected one." }),
  data: z.unknown().optional().meta({ description: "As it came. Left out below the role operator." }),
  decisions: z.array(Decision).meta({ description: "For each webhook there was: sent, or not and why." }),
});

export const TestResult = z.strictObject({
  success: z.boolean(),
  status_code: z.int().nullable(),
  duration_ms: z.int(),
  error: z.string().nullable(),
  response: z.string().nullable(),
});

export const AcceptedEvents = z.strictObject({
  ids: z.array(z.string()),
  status: z.literal(200),
  rejected: z.array(z.strictObject({ id: z.string(), reason: z.string() })).optional(),
});

export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});
