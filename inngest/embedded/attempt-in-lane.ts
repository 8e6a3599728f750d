import { setTimeout as sleep } from "node:timers/promises";
import { isDatabaseAway } from "@/db/faults";
import {
  type AttemptResult,
  judgeAttempt,
  postponeAfterFault,
  recordSent,
  type Sent,
  sendDelivery,
  type Verdict,
} from "@/lib/deliveries/attempt";
import { heldUntil } from "@/lib/deliveries/flow";
import { slowDown, speedUp, type Window } from "@/lib/deliveries/window";
import { logger } from "@/lib/logger";
import { isDown } from "@/lib/webhooks/health";
import { type Backlog, takeLoaded } from "./backlog";
import type { Flows } from "./flows";
import { type Held, readyInOrder } from "./lane";

/** What a webhook has to be sent, and what of it is under way. */
export type LaneInUse = Backlog & {
  requests: number;
  /** Attempts whose results are not recorded yet, those with a request under way among them. */
  unrecorded: number;
  window: Window;
};

type Attempt = {
  lane: LaneInUse;
  delivery: Held;
  flows: Flows;
  /** Told when the request is over: while its result is recorded the next one goes out, or does not by the verdict. */
  onAnswered: () => void;
};

type Judged = { sent: Sent; verdict: Verdict };

const AWAY_PAUSE_MS = 1_000;

/** Makes an attempt and records it; what it says of the webhook counts at once. Never throws. */
export async function attemptInLane(attempt: Attempt): Promise<AttemptResult> {
  try {
    const made = await request(attempt);
    return "verdict" in made ? await recordSent(made) : made;
  } catch (error) {
    if (!isDatabaseAway(error)) return afterFault({ deliveryId: attempt.delivery.id, error });
    // Still under way meanwhile, so that few at once ask a database that is away; of a webhook that is down one.
    await sleep(AWAY_PAUSE_MS);
    return { done: false, delayMs: 0 };
  }
}

async function request({ lane, delivery, flows, onAnswered }: Attempt): Promise<Judged | AttemptResult> {
  lane.requests += 1;
  try {
    const sent = await sendDelivery({ deliveryId: delivery.id, fresh: takeLoaded(lane, delivery) });
    if (!("exchange" in sent)) return sent;
    const verdict = judgeAttempt({ sent, flow: flows.of(lane.webhookId) });
    apply({ lane, flows, sent, verdict });
    return { sent, verdict };
  } finally {
    lane.requests -= 1;
    onAnswered();
  }
}

function apply({ lane, flows, sent, verdict }: Judged & Pick<Attempt, "lane" | "flows">): void {
  const now = verdict.at.getTime();
  if (sent.exchange.outcome.success) speedUp(lane.window, { now });
  if (!verdict.isFlowChanged) return;
  const before = flows.of(lane.webhookId);
  flows.set(lane.webhookId, verdict.flow);
  const isHeldNow = heldUntil(verdict.flow) > now && heldUntil(before) <= now;
  if (isHeldNow) slowDown(lane.window, { inFlight: lane.requests, now });
  if (isDown(before) === isDown(verdict.flow)) return;
  logger.warn(
    { webhookId: lane.webhookId, reason: verdict.flow?.down_reason ?? undefined },
    isDown(before) ? "a webhook takes deliveries again" : "a webhook is down; its deliveries wait",
  );
  readyInOrder(lane);
}

function afterFault(fault: { deliveryId: string; error: unknown }): Promise<AttemptResult> {
  return postponeAfterFault(fault).catch((again) => {
    logger.warn({ err: again }, "a delivery could not be put off; it is attempted again");
    return { done: false, delayMs: AWAY_PAUSE_MS };
  });
}
