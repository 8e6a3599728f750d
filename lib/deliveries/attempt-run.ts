import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "@/db/faults";
import { findFlow } from "@/db/queries/flows";
import { endTurns, keepWatch, putBack, type TakenDelivery, takeDeliveries } from "@/db/queries/turns";
import { env } from "@/lib/env";
import { createGroupCommit } from "@/lib/group-commit";
import { type CurrentWebhooks, currentWebhooks, recentWebhooks } from "@/lib/webhooks/current";
import { isDown } from "@/lib/webhooks/health";
import { isHeld } from "@/lib/webhooks/held";
import { type AttemptResult, judgeAttempt, postponeAfterFault, recordSent, sendDelivery } from "./attempt";
import { depths } from "./depth";
import { dueAt } from "./due";
import { heldUntil } from "./flow";
import { requestSlots } from "./request-slots";
import { requestWindows } from "./request-windows";

type Run = { deliveryId: string; webhookId: number };

const DONE: AttemptResult = { done: true };
const SECOND_LOOK_MS = 1_000;
// A run that finds no slot for so long leaves its delivery to the end of another one.
const SLOT_WITHIN_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/**
 * Makes one attempt of a delivery in a run of its own, or says how long to sleep before the next. A delivery that
 * waits, behind an earlier one of its order, for its webhook to come up, for a free slot or for the end of a pause,
 * needs no run: this one ends, and whatever ends the wait gives the delivery a turn. Throws only while the database is
 * away.
 */
export async function attemptInRun(run: Run): Promise<AttemptResult> {
  try {
    return await attempt(run);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return postponeAfterFault({ deliveryId: run.deliveryId, error });
  }
}

async function attempt(run: Run): Promise<AttemptResult> {
  const { deliveryId, webhookId } = run;
  if (await isHeldNow(webhookId)) return endTurn(deliveryId);
  const windows = requestWindows();
  await windows.enter(webhookId);
  let result: AttemptResult | null;
  try {
    result = await attemptInSlot(run);
  } finally {
    windows.leave(webhookId);
  }
  return result ?? attempt(run);
}

/** Null where more have entered than may be under way now: it enters again. */
async function attemptInSlot({ deliveryId, webhookId }: Run): Promise<AttemptResult | null> {
  const slots = requestSlots();
  if (!(await slots.take(webhookId, SLOT_WITHIN_MS))) {
    depths().crowded(webhookId);
    return endTurn(deliveryId);
  }
  const { taken, sent } = await takeAndSend(deliveryId).finally(() => slots.free(webhookId));
  if (!taken) return DONE;
  if (!taken.is_taken) return mayGoNow(taken) ? whenNotTaken(taken) : null;
  if (sent === null) {
    await putBack(deliveryId);
    return null;
  }
  if (!("exchange" in sent)) {
    // A person has it held, just now.
    if (!sent.done) await putBack(deliveryId);
    return DONE;
  }
  const { outcome } = sent.exchange;
  depths().answered(webhookId, outcome);
  // While the request was under way others may have changed it.
  const flow = taken.flow === null && outcome.success ? null : await findFlow(webhookId);
  const verdict = judgeAttempt({ sent, flow });
  const now = Date.now();
  if (outcome.success) requestWindows().succeed(webhookId);
  if (heldUntil(verdict.flow) > now && heldUntil(flow) <= now) requestWindows().slowDown(webhookId);
  return recordSent({ sent, verdict });
}

/** `sent` is null where it was not taken, or may not go now. */
async function takeAndSend(deliveryId: string) {
  const taken = await takeSoon(deliveryId);
  const mayGo = taken?.is_taken && mayGoNow(taken);
  return { taken, sent: mayGo ? await sendDelivery({ deliveryId, taken }) : null };
}

/** Takes it for an attempt; while other processes have taken as many of its webhook as may be at once, it waits a little. */
async function takeSoon(deliveryId: string): Promise<TakenDelivery | null> {
  const until = Date.now() + SLOT_WITHIN_MS;
  for (;;) {
    const taken = await take(deliveryId);
    if (!taken || taken.is_taken || !isCrowdedOut(taken) || !mayGoNow(taken) || Date.now() > until)
      return taken;
    await sleep(LOOK_AGAIN_MS);
  }
}

const take = createGroupCommit<string, TakenDelivery | null>({
  maxItems: 100,
  flush: async (ids) => {
    const atOnce = env().WEBHOOK_CONCURRENCY;
    const taken = await takeDeliveries({ ids: [...new Set(ids)], atOnce, now: Date.now() });
    const byId = new Map(taken.map((delivery) => [delivery.id, delivery]));
    return ids.map((id) => {
      const found = byId.get(id) ?? null;
      // Of two runs that ask in the same moment one has it.
      if (found?.is_taken) byId.set(id, { ...found, is_taken: false, is_under_way: true });
      return found;
    });
  },
});

// After each time that its webhook was held up one request goes out, then one more with each success.
function mayGoNow(delivery: TakenDelivery): boolean {
  const { webhook_id, flow, is_taken } = delivery;
  if (flow === null || !(is_taken || isCrowdedOut(delivery))) return true;
  const until = Math.max(flow.paused_until ?? 0, flow.next_probe_at ?? 0);
  return requestWindows().beSlow(webhook_id, until);
}

function isCrowdedOut(delivery: TakenDelivery): boolean {
  const { state, flow, is_under_way, is_oldest, next_attempt_at } = delivery;
  const isDue = dueAt(next_attempt_at) <= Date.now();
  const isOpen = heldUntil(flow) <= Date.now() && (is_oldest || !isDown(flow));
  return state === "pending" && !is_under_way && isDue && isOpen;
}

async function whenNotTaken(delivery: TakenDelivery): Promise<AttemptResult> {
  const { id, webhook_id, state, flow, is_under_way, is_oldest, next_attempt_at } = delivery;
  if (state !== "pending") return DONE;
  // An engine that has died may not know of the attempt that put it off; whoever dies with one leaves it to this run.
  const delayMs = dueAt(next_attempt_at) - Date.now();
  if (delayMs > 0 || is_under_way) return { done: false, delayMs: Math.max(delayMs, SECOND_LOOK_MS) };
  if (isDown(flow) && !is_oldest) return endTurn(id);
  const heldMs = heldUntil(flow) - Date.now();
  if (heldMs > 0) return (await keepWatch({ id, forMs: heldMs })) ? { done: false, delayMs: heldMs } : DONE;
  depths().crowded(webhook_id);
  return endTurn(id);
}

async function endTurn(deliveryId: string): Promise<AttemptResult> {
  await endTurns([deliveryId]);
  return DONE;
}

async function isHeldNow(webhookId: number): Promise<boolean> {
  const isHeldIn = ({ byId }: CurrentWebhooks) => {
    const webhook = byId.get(webhookId);
    return webhook !== undefined && isHeld(webhook);
  };
  // Whoever let it go on a moment ago has handed over what has no turn, and this delivery has one.
  return isHeldIn(await recentWebhooks()) && isHeldIn(await currentWebhooks());
}
