import type { DeliveryMove } from "@/db/queries/attempt-record";
import { cancelDelivery, type DeliveryRow, failDelivery, findDeliveries } from "@/db/queries/attempts";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { postponeDelivery } from "@/db/queries/pending-deliveries";
import { createGroupCommit } from "@/lib/group-commit";
import { logger } from "@/lib/logger";
import { logProgress } from "@/lib/progress-log";
import { refuse } from "@/lib/refusals/refuse";
import { messageOf, storableText } from "@/lib/text";
import { currentWebhooks, recentWebhooks } from "@/lib/webhooks/current";
import { isDown } from "@/lib/webhooks/health";
import { isHeld } from "@/lib/webhooks/held";
import { deactivateGone } from "./deactivate-gone";
import { dueAt } from "./due";
import { type Flow, nextFlow } from "./flow";
import type { LoadedDelivery } from "./match";
import { attemptRecord, recordAttempt } from "./record-attempt";
import { type Decision, decideNext } from "./retry-policy";
import { type Exchange, sendToWebhook } from "./send-to-webhook";

/** What is next for a delivery: nothing, or another attempt after `delayMs` milliseconds. */
export type AttemptResult = { done: true } | { done: false; delayMs: number };

/** A request that was made and is not recorded yet. */
export type Sent = {
  delivery: DeliveryRow;
  webhook: WebhookRow;
  attemptNumber: number;
  exchange: Exchange;
  /** It failed, and its webhook was edited while it was under way: it says nothing of the webhook as it is now. */
  isOutdated: boolean;
};

/** What a request means for its delivery and for its webhook's flow. */
export type Verdict = { decision: Decision; flow: Flow; isFlowChanged: boolean; at: Date };

type AttemptInput = {
  deliveryId: string;
  /** The delivery if it was stored or read just now. */
  fresh?: LoadedDelivery | null;
  /** The delivery if it was read and taken for this attempt just now, so that no other process makes it too. */
  taken?: DeliveryRow;
};

const DONE: AttemptResult = { done: true };
const MAX_FAULTS = 10;
const FIRST_BACKOFF_MS = 1_000;
const LAST_BACKOFF_MS = 60_000;
// The engine is told of a pause, too; this is for a delivery that was on its way out just then.
const HELD_LOOK_MS = 1_000;

/** Sends a delivery's next request, whose caller holds a slot; or says what is next where there is nothing to send. */
export async function sendDelivery(input: AttemptInput): Promise<Sent | AttemptResult> {
  const loaded = await load(input);
  if (!loaded) return DONE;
  const { delivery, webhook } = loaded;
  if (delivery.state !== "pending") return DONE;
  if (isHeld(webhook)) return { done: false, delayMs: HELD_LOOK_MS };
  if (!webhook.is_active) {
    await cancelDelivery({ id: delivery.id, refusal: refuse("webhook_switched_off") });
    return DONE;
  }
  // An engine that has died may not know of the attempt that put it off.
  const delayMs = dueAt(delivery.next_attempt_at) - Date.now();
  if (delayMs > 0) return { done: false, delayMs };
  if (isTooOld({ delivery, webhook })) {
    await failDelivery({
      id: delivery.id,
      refusal: refuse("given_up", { minutes: webhook.give_up_after_minutes }),
    });
    return DONE;
  }
  const attemptNumber = delivery.attempts + 1;
  const exchange = await sendToWebhook({ webhook, attempt: delivery, attemptNumber });
  const isOutdated = !exchange.outcome.success && (await wasEdited(webhook));
  return { delivery, webhook, attemptNumber, exchange, isOutdated };
}

async function wasEdited({ id, updated_at }: WebhookRow): Promise<boolean> {
  // The request was made: it is recorded, database or not.
  const webhooks = await currentWebhooks().catch(() => null);
  const now = webhooks?.byId.get(id);
  return now !== undefined && now.updated_at.getTime() !== updated_at.getTime();
}

/** What follows a request, given what held up its webhook until now (delivery rules). */
export function judgeAttempt({ sent, flow }: { sent: Sent; flow: Flow }): Verdict {
  const { webhook, attemptNumber } = sent;
  const { outcome } = sent.exchange;
  const at = new Date();
  const decision = decideNext({
    attemptNumber,
    retryCount: webhook.retry_count,
    retryDelaySeconds: webhook.retry_delay_seconds,
    isOutlasting: webhook.give_up_after_minutes > 0,
    isDown: isDown(flow),
    outcome,
    now: at,
  });
  if (sent.isOutdated) return { decision, flow, isFlowChanged: false, at };
  const next = nextFlow({
    flow,
    outcome,
    decision,
    retryDelaySeconds: webhook.retry_delay_seconds,
    now: at,
    spread: Math.random(),
  });
  return { decision, flow: next, isFlowChanged: next !== flow, at };
}

/** Records what was sent: log row, statistics and the delivery's state together. Waits while the database is away. */
export async function recordSent({
  sent,
  verdict,
}: {
  sent: Sent;
  verdict: Verdict;
}): Promise<AttemptResult> {
  const { delivery, webhook, exchange, attemptNumber } = sent;
  const { decision, at } = verdict;
  const request = {
    delivery_id: delivery.id,
    event_id: delivery.event_id,
    order_id: delivery.order_id,
    order_external_id: delivery.order_external_id,
    event_type: delivery.event_name,
    attempt_number: attemptNumber,
    request_body: null,
  };
  const move = deliveryMove({ decision, now: at });
  const flow = verdict.isFlowChanged ? verdict.flow : undefined;
  await recordAttempt(attemptRecord({ webhook, request, exchange, move, flow, now: at }));
  logAttempt({ sent, decision });
  if (decision.kind === "gone") await deactivateGone({ webhookId: webhook.id });
  if (decision.kind === "retry") return { done: false, delayMs: decision.delayMs };
  return decision.kind === "wait" ? { done: false, delayMs: 0 } : DONE;
}

/**
 * What follows a fault of the product's own while a delivery was attempted: it is put off, each time for longer, and
 * after ten times it fails.
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
    const said = storableText(messageOf(error));
    await failDelivery({ id: deliveryId, refusal: refuse("not_sent", { said }) });
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
      return { state: "succeeded", refusal: null, next_attempt_at: null };
    case "failed":
      return { state: "failed", refusal: decision.refusal, next_attempt_at: null };
    case "gone":
      return { state: "failed", refusal: refuse("gone_so_off"), next_attempt_at: null };
    case "retry": {
      const nextAttemptAt = new Date(now.getTime() + decision.delayMs).toISOString();
      return { state: "pending", refusal: null, next_attempt_at: nextAttemptAt };
    }
    case "wait":
      return { state: "pending", refusal: null, next_attempt_at: null };
  }
}

function isTooOld({ delivery, webhook }: Loaded): boolean {
  if (webhook.give_up_after_minutes === 0) return false;
  const waitsSince = Math.max(Date.parse(delivery.created_at), webhook.resumed_at?.getTime() ?? 0);
  return Date.now() - waitsSince > webhook.give_up_after_minutes * 60_000;
}

type Loaded = Pick<Sent, "delivery" | "webhook">;

async function load({ deliveryId, fresh, taken }: AttemptInput): Promise<Loaded | null> {
  const webhooks = await recentWebhooks();
  // A webhook that was changed since may have been switched off, which cancels its deliveries.
  const isFresh = fresh?.revision === webhooks.revision;
  const delivery = taken ?? (isFresh ? fresh.delivery : await readDelivery(deliveryId));
  if (!delivery) return null;
  const recent = webhooks.byId.get(delivery.webhook_id);
  if (recent?.is_active && !isTooOld({ delivery, webhook: recent })) return { delivery, webhook: recent };
  // It may have been made, switched on or given more time since, which must not end a delivery or lose sight of it.
  const webhook = (await currentWebhooks()).byId.get(delivery.webhook_id);
  return webhook ? { delivery, webhook } : null;
}

const readDelivery = createGroupCommit<string, DeliveryRow | null>({
  maxItems: 100,
  flush: async (ids) => {
    const byId = new Map((await findDeliveries(ids)).map((delivery) => [delivery.id, delivery]));
    return ids.map((id) => byId.get(id) ?? null);
  },
});
