import type { DeliveryMove } from "@/db/queries/attempt-record";
import { cancelDelivery, type DeliveryRow, failDelivery, findDeliveries } from "@/db/queries/attempts";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { postponeDelivery } from "@/db/queries/pending-deliveries";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { logProgress } from "@/lib/progress-log";
import { currentWebhooks } from "@/lib/webhooks/current";
import { deactivateGone } from "./deactivate-gone";
import type { FreshDelivery } from "./match";
import { attemptRecord, recordAttempt } from "./record-attempt";
import { requestSlots } from "./request-slots";
import { type Decision, decideNext } from "./retry-policy";
import { type Exchange, sendToWebhook } from "./send-to-webhook";

/** What is next for a delivery: nothing, or another attempt after `delayMs` milliseconds. */
export type AttemptResult = { done: true } | { done: false; delayMs: number };

/** A request that was made and is not recorded yet. */
export type Sent = { delivery: DeliveryRow; webhook: WebhookRow; attemptNumber: number; exchange: Exchange };

type AttemptInput = {
  deliveryId: string;
  /** The delivery if it was stored just now. */
  fresh?: FreshDelivery | null;
  /** From 1; the next one unless given. One that was recorded before a crash is not made again. */
  attemptNumber?: number;
};

const DONE: AttemptResult = { done: true };
const MAX_FAULTS = 10;
const FIRST_BACKOFF_MS = 1_000;
const LAST_BACKOFF_MS = 60_000;

/**
 * Makes one attempt of a delivery with the webhook as it is now, in a request slot of its own, and records it. Throws
 * only for faults of the product's own, never for what a receiver does.
 */
export async function attemptDelivery(input: AttemptInput & { webhookId: number }): Promise<AttemptResult> {
  const slots = requestSlots();
  await slots.take(input.webhookId);
  const sent = await sendDelivery(input).finally(() => slots.free(input.webhookId));
  return "exchange" in sent ? recordSent(sent) : sent;
}

/** Sends a delivery's next request, whose caller holds a slot; or says what is next where there is nothing to send. */
export async function sendDelivery(input: AttemptInput): Promise<Sent | AttemptResult> {
  const loaded = await load(input);
  if (!loaded) return DONE;
  const { delivery, webhook } = loaded;
  if (delivery.state !== "pending") return DONE;
  if (!webhook.is_active) {
    await cancelDelivery({ id: delivery.id, reason: "The webhook was switched off." });
    return DONE;
  }
  const attemptNumber = input.attemptNumber ?? delivery.attempts + 1;
  if (delivery.attempts >= attemptNumber) return { done: false, delayMs: dueInMs(delivery) };
  return {
    ...loaded,
    attemptNumber,
    exchange: await sendToWebhook({ webhook, attempt: delivery, attemptNumber }),
  };
}

/** Records what was sent: log row, statistics and the delivery's state together. Waits while the database is away. */
export async function recordSent(sent: Sent): Promise<AttemptResult> {
  const { delivery, webhook, exchange, attemptNumber } = sent;
  const now = new Date();
  const decision = decideNext({
    attemptNumber,
    retryCount: webhook.retry_count,
    retryDelaySeconds: webhook.retry_delay_seconds,
    outcome: exchange.outcome,
    now,
  });
  const request = {
    delivery_id: delivery.id,
    event_id: delivery.event_id,
    order_id: delivery.order_id,
    order_external_id: delivery.order_external_id,
    event_type: delivery.event_name,
    attempt_number: attemptNumber,
    request_body: null,
  };
  const move = deliveryMove({ decision, now });
  await recordAttempt(attemptRecord({ webhook, request, exchange, move, now }));
  logAttempt({ sent, decision });
  if (decision.kind === "gone") await deactivateGone({ webhookId: webhook.id });
  return decision.kind === "retry" ? { done: false, delayMs: decision.delayMs } : DONE;
}

/**
 * What follows a fault of the product's own while a delivery was attempted: it is put off, each time for longer, and
 * after ten times it fails with the reason.
 */
export async function postponeAfterFault(input: {
  deliveryId: string;
  error: unknown;
}): Promise<AttemptResult> {
  const { deliveryId, error } = input;
  const [delivery] = await findDeliveries([deliveryId]);
  if (!delivery) return DONE;
  const failures = delivery.failures + 1;
  logger.error({ err: error, deliveryId, failures }, "a delivery could not be attempted");
  if (failures > MAX_FAULTS) {
    const message = error instanceof Error ? error.message : String(error);
    await failDelivery({ id: deliveryId, reason: `The product could not send it: ${message}` });
    return DONE;
  }
  const delayMs = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LAST_BACKOFF_MS);
  await postponeDelivery({ id: deliveryId, until: new Date(Date.now() + delayMs), failures });
  return { done: false, delayMs };
}

// Success and failure apart, so that a webhook that works does not crowd out the one that fails.
function logAttempt({ sent, decision }: { sent: Sent; decision: Decision }): void {
  const { delivery, webhook, attemptNumber } = sent;
  const { success, status, durationMs, errorCode } = sent.exchange.outcome;
  logProgress(success ? "attempt succeeded" : "attempt failed", () => ({
    eventId: delivery.event_id,
    deliveryId: delivery.id,
    webhookId: webhook.id,
    attempt: attemptNumber,
    status,
    durationMs,
    ...(success ? {} : { errorCode, next: decision.kind }),
  }));
}

function deliveryMove({ decision, now }: { decision: Decision; now: Date }): DeliveryMove {
  switch (decision.kind) {
    case "succeeded":
      return { state: "succeeded", reason: null, next_attempt_at: null };
    case "failed":
      return { state: "failed", reason: decision.reason, next_attempt_at: null };
    case "gone":
      return { state: "failed", reason: GONE, next_attempt_at: null };
    case "retry": {
      const nextAttemptAt = new Date(now.getTime() + decision.delayMs).toISOString();
      return { state: "pending", reason: null, next_attempt_at: nextAttemptAt };
    }
  }
}

const GONE = "The receiver answered 410 Gone, so the webhook was switched off.";

function dueInMs({ next_attempt_at }: DeliveryRow): number {
  return next_attempt_at === null ? 0 : Math.max(0, Date.parse(next_attempt_at) - Date.now());
}

type Loaded = Pick<Sent, "delivery" | "webhook">;

async function load({ deliveryId, fresh }: AttemptInput): Promise<Loaded | null> {
  const webhooks = await currentWebhooks();
  // A webhook that was changed since may have been switched off, which cancels its deliveries.
  const isFresh = fresh?.revision === webhooks.revision;
  const delivery = isFresh ? fresh.delivery : await readDelivery(deliveryId);
  const webhook = delivery && webhooks.byId.get(delivery.webhook_id);
  return webhook ? { delivery, webhook } : null;
}

const readDelivery = createGroupCommit<string, DeliveryRow | null>({
  maxItems: 100,
  flush: async (ids) => {
    const byId = new Map((await findDeliveries(ids)).map((delivery) => [delivery.id, delivery]));
    return ids.map((id) => byId.get(id) ?? null);
  },
});
