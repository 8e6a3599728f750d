import { db } from "@/db/client";
import { processWide } from "@/db/process-wide";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { StoredRefusal } from "@/db/stored-refusal";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { shownTo } from "@/lib/log/shown-to";
import { SAMPLE_EVENT } from "@/lib/orders/sample";
import { buildTestPayload } from "@/lib/payloads/build";
import { type Refusal, refuse } from "@/lib/refusals/refuse";
import { uuid7 } from "@/lib/uuid";
import { existingWebhook } from "@/lib/webhooks/one-webhook";
import { keptEvent } from "./kept-event";
import { newDelivery } from "./new-delivery";
import { attemptRecord, recordTest } from "./record-attempt";
import { requestSlots } from "./request-slots";
import { sendToWebhook } from "./send-to-webhook";

export type TestResult = {
  success: boolean;
  statusCode: number | null;
  durationMs: number;
  fault: StoredRefusal | null;
  errorCode: string | null;
  response: string | null;
  logId: number | null;
};

/**
 * The guide's test payload, or a sample order, or the order of an event that came in, as the webhook's own format and
 * template make it.
 */
export const TEST_PAYLOADS = ["guide", "sample_order"] as const;
export type TestPayload = (typeof TEST_PAYLOADS)[number] | { eventId: string };

const MAX_TESTS_AT_ONCE = 2;
const WAIT_FOR_SLOT_MS = 20_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * Sends a test once, the way a delivery is sent, also to a webhook that is switched off. It is logged with the event
 * type `test`, counts in no statistics, and takes a request slot as a delivery does. Throws not_found,
 * conflict when its body cannot be built, and rate_limited while too many requests to the webhook are under way.
 */
export async function testSend({
  actor,
  webhookId,
  payload = "guide",
}: {
  actor: Actor;
  webhookId: number;
  payload?: TestPayload;
}): Promise<TestResult> {
  requireRole(actor, "operator");
  const webhook = await existingWebhook(webhookId);
  const now = new Date();
  const { id, body } = await testDelivery({ webhook, payload, now });
  if (typeof payload === "object") {
    await recordAudit(db(), {
      actor,
      action: "webhook.test_with_order",
      subject: { kind: "webhook", id: String(webhook.id), name: webhook.name },
      changes: { event_id: { from: null, to: payload.eventId } },
    });
  }
  const test = { id, body, event_name: "test", event_time: now.toISOString() };
  const exchange = await inRequestSlot(webhookId, () =>
    sendToWebhook({ webhook, attempt: test, attemptNumber: 1 }),
  );
  const request = {
    delivery_id: null,
    event_id: null,
    order_id: null,
    order_external_id: null,
    event_type: "test",
    attempt_number: 1,
    request_body: body,
  };
  const logId = await recordTest(attemptRecord({ webhook, request, exchange, move: null, now: new Date() }));
  const { outcome } = exchange;
  const shown = shownTo(actor, {
    request_url: exchange.url,
    fault: outcome.fault,
    response_body: outcome.responseBody,
  });
  return {
    success: outcome.success,
    statusCode: outcome.status,
    durationMs: outcome.durationMs,
    fault: shown.fault,
    errorCode: outcome.errorCode,
    response: shown.response_body,
    logId,
  };
}

type Making = { webhook: WebhookRow; payload: TestPayload; now: Date };

async function testDelivery({ webhook, payload, now }: Making): Promise<{ id: string; body: string }> {
  if (payload === "guide") {
    return { id: uuid7(), body: buildTestPayload({ webhookName: webhook.name, now }) };
  }
  const event = payload === "sample_order" ? SAMPLE_EVENT : await keptEvent(payload.eventId);
  const { id, body, refusal } = newDelivery({ event, webhook });
  if (refusal !== null) throw new AppError("conflict", refuse("sample_not_built", { reason: refusal }));
  return { id, body };
}

const underWay = processWide("tests-under-way", () => new Map<number, number>());

async function inRequestSlot<Result>(webhookId: number, work: () => Promise<Result>): Promise<Result> {
  const count = underWay.get(webhookId) ?? 0;
  if (count >= MAX_TESTS_AT_ONCE) throw busy(refuse("tests_under_way", { count }));
  underWay.set(webhookId, count + 1);
  const slots = requestSlots();
  try {
    const isTaken = await slots.take(webhookId, WAIT_FOR_SLOT_MS);
    if (!isTaken) throw busy(refuse("requests_under_way"));
    return await work().finally(() => slots.free(webhookId));
  } finally {
    const left = (underWay.get(webhookId) ?? 1) - 1;
    if (left === 0) underWay.delete(webhookId);
    else underWay.set(webhookId, left);
  }
}

function busy(refusal: Refusal): AppError {
  return new AppError("rate_limited", refusal, [], RETRY_AFTER_SECONDS);
}
