import { findFlow } from "@/db/queries/flows";
import { findFirstInLine, findPendingOf } from "@/db/queries/lines";
import { isDown } from "@/lib/webhooks/health";
import { judgeAttempt, recordSent, sendDelivery } from "./attempt";
import { heldUntil } from "./flow";
import type { StartedDelivery } from "./match";
import { requestSlots } from "./request-slots";

/** What a run of Inngest's does next; `start` are the deliveries whose wait has ended. */
export type RunResult =
  | { done: true; start: StartedDelivery[] /** Tells this start from earlier ones. */; startAs?: string }
  | { done: false; delayMs: number };

type Run = { deliveryId: string; webhookId: number };

const ENDED: RunResult = { done: true, start: [] };

/**
 * Makes one attempt of a delivery in a run of its own, or says how long to sleep before it. A delivery that waits,
 * behind an earlier one of its order or for its webhook to come up, needs no run: the run ends, and the attempt that
 * ends the wait names it to be started. Throws only for faults of the product's own.
 */
export async function attemptInRun(run: Run): Promise<RunResult> {
  const { deliveryId, webhookId } = run;
  const first = await findFirstInLine(deliveryId);
  if (first !== null && first !== deliveryId) return ENDED;
  const flow = await findFlow(webhookId);
  if (isDown(flow) && (await findPendingOf({ webhookId, limit: 1 }))[0]?.id !== deliveryId) return ENDED;
  const waitMs = heldUntil(flow) - Date.now();
  if (waitMs > 0) return { done: false, delayMs: waitMs };

  const slots = requestSlots();
  await slots.take(webhookId);
  const sent = await sendDelivery(run).finally(() => slots.free(webhookId));
  if (!("exchange" in sent)) return sent.done ? nextOfLine(run) : sent;
  const verdict = judgeAttempt({ sent, flow });
  const result = await recordSent({ sent, verdict });
  if (!result.done) return result;
  const hasComeUp = isDown(flow) && !isDown(verdict.flow);
  return hasComeUp ? allWaiting({ webhookId, downSince: flow?.down_since ?? 0 }) : nextOfLine(run);
}

// What one answer to Inngest may carry; the sweep, a minute later, starts the rest.
const MAX_STARTED = 1_000;

async function nextOfLine({ deliveryId, webhookId }: Run): Promise<RunResult> {
  const next = await findFirstInLine(deliveryId);
  return { done: true, start: next === null ? [] : [{ id: next, webhookId }] };
}

async function allWaiting(input: { webhookId: number; downSince: number }): Promise<RunResult> {
  const { webhookId, downSince } = input;
  const waiting = await findPendingOf({ webhookId, limit: MAX_STARTED });
  return { done: true, start: waiting.map(({ id }) => ({ id, webhookId })), startAs: `up-${downSince}` };
}
