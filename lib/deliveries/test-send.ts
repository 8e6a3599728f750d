import { findWebhook } from "@/db/queries/current-webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { shownTo } from "@/lib/log/shown-to";
import { buildTestPayload } from "@/lib/payloads/build";
import { uuid7 } from "@/lib/uuid";
import { attemptRecord, recordTest } from "./record-attempt";
import { sendToWebhook } from "./send-to-webhook";

export type TestResult = {
  success: boolean;
  statusCode: number | null;
  durationMs: number;
  error: string | null;
  errorCode: string | null;
  response: string | null;
  logId: number | null;
};

/**
 * Sends the guide's test payload once, the way a delivery is sent, also to a webhook that is switched off.
 * It is logged with the event type `test` and counts in no statistics. Throws not_found.
 */
export async function testSend({
  actor,
  webhookId,
}: {
  actor: Actor;
  webhookId: number;
}): Promise<TestResult> {
  requireRole(actor, "operator");
  const webhook = await findWebhook(webhookId);
  if (!webhook) throw new AppError("not_found", `There is no webhook ${webhookId}.`);
  const now = new Date();
  const body = buildTestPayload({ webhookName: webhook.name, now });
  const test = { id: uuid7(), body, event_name: "test", event_time: now.toISOString() };
  const exchange = await sendToWebhook({ webhook, attempt: test, attemptNumber: 1 });
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
    error_message: outcome.errorMessage,
    response_body: outcome.responseBody,
  });
  return {
    success: outcome.success,
    statusCode: outcome.status,
    durationMs: outcome.durationMs,
    error: shown.error_message,
    errorCode: outcome.errorCode,
    response: shown.response_body,
    logId,
  };
}
