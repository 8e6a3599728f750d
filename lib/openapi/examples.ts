import { SAMPLE_EVENT } from "@/lib/orders/sample";
import { SET } from "@/lib/webhooks/field-kinds";
import { defaultOf, FIELD_NAMES, INPUT_FIELDS, mapFields } from "@/lib/webhooks/fields";

const webhook = {
  ...mapFields(FIELD_NAMES, () => null),
  ...mapFields(INPUT_FIELDS, defaultOf),
  id: 7,
  name: "Senler VK Integration",
  webhook_url: "https://senler.ru/api/webhook",
  auth_type: "bearer",
  auth_token: SET,
  filter_order_types: ["DELIVERY"],
  total_sent: 1520,
  total_success: 1503,
  total_failed: 17,
  success_rate: 98.8,
  last_sent_at: "2026-02-11T12:00:00.000Z",
  last_success_at: "2026-02-11T12:00:00.000Z",
  last_error: "HTTP 500 Internal Server Error",
  created_at: "2026-02-01T09:00:00.000Z",
  updated_at: "2026-02-01T09:00:00.000Z",
};

const deliveryId = "0190163d-8694-739b-aea5-966c26f8ad90";

const attempt = {
  id: 4821,
  webhook_id: 7,
  webhook_name: webhook.name,
  delivery_id: deliveryId,
  event_id: SAMPLE_EVENT.id,
  order_id: 123,
  order_external_id: "20200831-515",
  event_type: "order.status_changed",
  attempt_number: 1,
  request_url: webhook.webhook_url,
  request_method: "POST",
  response_status: 200,
  duration_ms: 84,
  success: true,
  error_message: null,
  created_at: "2026-02-11T12:00:00.000Z",
};

const orderEventSummary = {
  id: SAMPLE_EVENT.id,
  name: SAMPLE_EVENT.name,
  ts: "2026-02-11T11:59:59.000Z",
  state: "accepted",
  reason: null,
  order_id: 123,
  order_external_id: "20200831-515",
  readable_number: "515",
  order_status: "CookingStarted",
  received_at: "2026-02-11T12:00:00.000Z",
};

const data = { order: SAMPLE_EVENT.order, previous_status: SAMPLE_EVENT.previousStatus };

/** The examples in the OpenAPI document; tests check each against its schema. */
export const EXAMPLES = {
  webhook,
  newWebhook: {
    name: webhook.name,
    webhook_url: webhook.webhook_url,
    payload_format: "iiko_soi",
    auth_type: "bearer",
    auth_token: "YOUR_SENLER_TOKEN",
    filter_order_types: ["DELIVERY"],
  },
  testResult: { success: true, status_code: 200, duration_ms: 84, error: null, response: '{"ok":true}' },
  signingSecret: { signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=" },
  attempt,
  attemptDetail: {
    ...attempt,
    request_headers: { "Content-Type": "application/json", Authorization: "***", "webhook-id": deliveryId },
    request_body: '{"type":"UPDATE","orderExternalId":"20200831-515"}',
    response_headers: { "content-type": "application/json" },
    response_body: '{"ok":true}',
  },
  resent: { delivery_id: "0190163d-9a01-7b52-8c11-3f1d2c9be001" },
  resendFailed: { since: "2026-02-11T10:00:00Z", until: "2026-02-11T12:00:00Z" },
  orderEvent: { id: SAMPLE_EVENT.id, name: SAMPLE_EVENT.name, ts: 1790000000000, data },
  acceptedEvents: { ids: [SAMPLE_EVENT.id], status: 200 },
  orderEventSummary,
  orderEventDetail: {
    ...orderEventSummary,
    is_matched: true,
    data,
    decisions: [
      {
        webhook_id: 7,
        webhook_name: webhook.name,
        decision: "sent",
        deliveries: [
          {
            id: deliveryId,
            is_resend: false,
            state: "succeeded",
            reason: null,
            attempts: 1,
            next_attempt_at: null,
            created_at: "2026-02-11T12:00:00.000Z",
            finished_at: "2026-02-11T12:00:00.120Z",
            waits_for: null,
          },
        ],
      },
      {
        webhook_id: 3,
        webhook_name: "Analytics",
        decision: "not_sent",
        reason_code: "status_filter",
        reason: "status CookingStarted, the filter lets through only Delivered, Closed",
        deliveries: [],
      },
    ],
  },
};
