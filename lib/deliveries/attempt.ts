import { cancelDelivery, type DeliveryMove, type DeliveryRow, findDeliveries } from "@/db/queries/attempts";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { webhookChanges } from "@/db/queries/revisions";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { createGroupCommit } from "@/lib/group-commit";
import { logProgress } from "@/lib/progress-log";
import { currentWebhooks } from "@/lib/webhooks/current";
import { deactivateGone } from "./deactivate-gone";
import { takeFreshDelivery } from "./fresh-deliveries";
import { attemptRecord, recordAttempt } from "./record-attempt";
import { createRequestSlots } from "./request-slots";
import { type Decision, decideNext } from "./retry-policy";
import { type Exchange, sendToWebhook } from "./send-to-webhook";

/** What the delivery's function does next: end, or attempt again after `delayMs` milliseconds. */
export type AttemptResult = { done: true } | { done: false; delayMs: number };

type Loaded = { delivery: DeliveryRow; webhook: WebhookRow };

const DONE: AttemptResult = { done: true };
const STALE_AFTER_MS = 1_000;

// Made at the first attempt: a bad setting must fail the start with its message, not this import.
let slots: ReturnType<typeof createRequestSlots> | undefined;
let isStopping = false;
const load = createGroupCommit<string, Loaded | null>({ maxItems: 200, flush: loadBatch });

/** Off: no request is begun any more; who waits for a slot gives up, and its delivery stays pending. */
export function setSending(isOn: boolean): void {
  isStopping = !isOn;
}

/**
 * Makes attempt `attemptNumber` (from 1) of a delivery with the webhook as it is now, and records it. An
 * attempt that was recorded before a crash is not made again. Never throws for what a receiver does, only
 * `AppError("unavailable")` while sending is off.
 */
export async function attemptDelivery(input: {
  deliveryId: string;
  attemptNumber: number;
}): Promise<AttemptResult> {
  const { deliveryId, attemptNumber } = input;
  const loaded = await load(deliveryId);
  const settled = await settledResult({ loaded, attemptNumber });
  if (settled || !loaded) return settled ?? DONE;

  const change = webhookChanges();
  const askedAt = performance.now();
  slots ??= createRequestSlots(env().WEBHOOK_CONCURRENCY);
  const made = await slots.run(loaded.webhook.id, async (): Promise<AttemptResult | Sent> => {
    if (isStopping) throw new AppError("unavailable", "The process is stopping.");
    // While this waited for a slot the webhook may have been corrected, or switched off in another process.
    const isFresh = webhookChanges() === change && performance.now() - askedAt < STALE_AFTER_MS;
    const current = isFresh ? loaded : await load(deliveryId);
    const isSettled = current === loaded ? null : await settledResult({ loaded: current, attemptNumber });
    if (isSettled || !current) return isSettled ?? DONE;
    return { ...current, exchange: await sendToWebhook({ ...current, attempt: current.delivery }) };
  });
  return "exchange" in made ? finish({ ...made, attemptNumber }) : made;
}

type Sent = Loaded & { exchange: Exchange };

async function finish(sent: Sent & { attemptNumber: number }): Promise<AttemptResult> {
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
  logAttempt({ ...sent, decision });
  if (decision.kind === "gone") await deactivateGone({ webhookId: webhook.id });
  return decision.kind === "retry" ? { done: false, delayMs: decision.delayMs } : DONE;
}

// Success and failure apart, so that a webhook that works does not crowd out the one that fails.
function logAttempt(attempt: Sent & { attemptNumber: number; decision: Decision }): void {
  const { delivery, webhook, attemptNumber, decision } = attempt;
  const { success, status, durationMs, errorCode } = attempt.exchange.outcome;
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

/** The result where there is nothing to send: ended, already made, or the webhook switched off. Else null. */
async function settledResult(input: {
  loaded: Loaded | null;
  attemptNumber: number;
}): Promise<AttemptResult | null> {
  if (!input.loaded) return DONE;
  const { delivery, webhook } = input.loaded;
  if (delivery.state !== "pending") return DONE;
  if (!webhook.is_active) {
    await cancelDelivery({ id: delivery.id, reason: "The webhook was switched off." });
    return DONE;
  }
  if (delivery.attempts < input.attemptNumber) return null;
  const dueAt = delivery.next_attempt_at === null ? 0 : Date.parse(delivery.next_attempt_at);
  return { done: false, delayMs: Math.max(0, dueAt - Date.now()) };
}

async function loadBatch(ids: string[]): Promise<(Loaded | null)[]> {
  const webhooks = await currentWebhooks();
  const byId = new Map<string, DeliveryRow>();
  for (const id of ids) {
    const fresh = takeFreshDelivery({ id, revision: webhooks.revision });
    if (fresh) byId.set(id, fresh);
  }
  const toRead = ids.filter((id) => !byId.has(id));
  if (toRead.length > 0) for (const delivery of await findDeliveries(toRead)) byId.set(delivery.id, delivery);
  return ids.map((id) => {
    const delivery = byId.get(id);
    const webhook = delivery && webhooks.byId.get(delivery.webhook_id);
    return delivery && webhook ? { delivery, webhook } : null;
  });
}
