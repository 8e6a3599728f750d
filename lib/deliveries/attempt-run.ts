import { isDatabaseAway } from "@/db/faults";
import { findFlow } from "@/db/queries/flows";
import { findFirstsOfLines, findLine, findOldestPending, type LinePlace } from "@/db/queries/lines";
import { recentWebhooks } from "@/lib/webhooks/current";
import { isDown } from "@/lib/webhooks/health";
import { isHeld } from "@/lib/webhooks/held";
import { type AttemptResult, judgeAttempt, postponeAfterFault, recordSent, sendDelivery } from "./attempt";
import { heldUntil } from "./flow";
import type { StartedDelivery } from "./match";
import { requestSlots } from "./request-slots";
import { requestWindows } from "./request-windows";

/** Deliveries whose wait has ended. */
export type Waiting = {
  start: StartedDelivery[];
  /** Tells this start from earlier ones. */
  startAs?: string;
  /** There may be more of them behind this one. */
  after?: LinePlace;
};

/** What a run of Inngest's does next. */
export type RunResult = ({ done: true } & Waiting) | { done: false; delayMs: number };

type Run = { deliveryId: string; webhookId: number };

// What one answer to Inngest may carry.
const MAX_STARTED = 1_000;

/**
 * Makes one attempt of a delivery in a run of its own, or says how long to sleep before it. A delivery that waits,
 * behind an earlier one of its order, for its webhook to come up or for the end of a pause, needs no run: the run ends, and the attempt that
 * ends the wait names it to be started. Throws only while the database is away.
 */
export async function attemptInRun(run: Run): Promise<RunResult> {
  try {
    return await attempt(run);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return goOn(run, await postponeAfterFault({ deliveryId: run.deliveryId, error }));
  }
}

/** The next of a webhook's deliveries that wait for no other one; while it is down that is the one that probes. */
export async function findWaiting(input: { webhookId: number; after: LinePlace | null }): Promise<Waiting> {
  if (await isHeldNow(input.webhookId)) return { start: [] };
  if (isDown(await findFlow(input.webhookId))) {
    const probing = await findOldestPending(input.webhookId);
    return { start: probing === null ? [] : [{ id: probing, webhookId: input.webhookId }] };
  }
  const found = await findFirstsOfLines({ ...input, limit: MAX_STARTED });
  const start = found.map(({ id }) => ({ id, webhookId: input.webhookId }));
  const last = found.at(-1);
  return last && found.length === MAX_STARTED ? { start, after: last } : { start };
}

async function attempt(run: Run): Promise<RunResult> {
  const { deliveryId, webhookId } = run;
  if (await isHeldNow(webhookId)) return { done: true, start: [] };
  const { first, hasEnded } = await findLine(deliveryId);
  if (first !== null && first !== deliveryId) {
    // A process that died may have recorded the end of this one and not have named the next.
    return hasEnded ? goOn(run, { done: true }) : { done: true, start: [{ id: first, webhookId }] };
  }

  const windows = requestWindows();
  await windows.enter(webhookId);
  try {
    const flow = await findFlow(webhookId);
    if (isDown(flow)) {
      const probing = await findOldestPending(webhookId);
      if (probing !== null && probing !== deliveryId) {
        return { done: true, start: [{ id: probing, webhookId }], startAs: `down-${flow?.down_since}` };
      }
    }
    const waitMs = heldUntil(flow) - Date.now();
    if (waitMs > 0) return { done: false, delayMs: waitMs };
    const until = Math.max(flow?.paused_until ?? 0, flow?.next_probe_at ?? 0);
    if (flow === null || windows.beSlow(webhookId, until)) return await send(run);
  } finally {
    windows.leave(webhookId);
  }
  return attempt(run);
}

async function isHeldNow(webhookId: number): Promise<boolean> {
  const webhook = (await recentWebhooks()).byId.get(webhookId);
  return webhook !== undefined && isHeld(webhook);
}

async function send(run: Run): Promise<RunResult> {
  const { webhookId } = run;
  const slots = requestSlots();
  await slots.take(webhookId);
  // A delivery may have two runs, which wake at the same moment, in two processes even.
  const sent = await sendDelivery({ ...run, isShared: true }).finally(() => slots.free(webhookId));
  if (!("exchange" in sent)) return goOn(run, sent);
  // While the request was under way others may have changed it.
  const flow = await findFlow(webhookId);
  const verdict = judgeAttempt({ sent, flow });
  const now = Date.now();
  if (sent.exchange.outcome.success) requestWindows().succeed(webhookId);
  if (heldUntil(verdict.flow) > now && heldUntil(flow) <= now) requestWindows().slowDown(webhookId);
  const result = await recordSent({ sent, verdict });
  const hasComeUp = isDown(flow) && !isDown(verdict.flow);
  if (!result.done || !hasComeUp) return goOn(run, result);
  const waiting = await findWaiting({ webhookId, after: null });
  return { done: true, ...waiting, startAs: `up-${flow?.down_since}` };
}

async function goOn({ deliveryId, webhookId }: Run, result: AttemptResult): Promise<RunResult> {
  if (!result.done) return result;
  const { first: next } = await findLine(deliveryId);
  // A resend has had a run, which found itself behind others.
  return {
    done: true,
    start: next === null ? [] : [{ id: next, webhookId }],
    startAs: `after-${deliveryId}`,
  };
}
