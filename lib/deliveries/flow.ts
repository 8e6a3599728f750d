import { LONGEST_PROBE_MS, MAX_PROBE_MS, PROBE_SPREAD } from "@/db/longest-waits";
import type { StoredFlow } from "@/db/stored-flow";
import { isDown, isPaused } from "@/lib/webhooks/health";
import { type Answer, askedPauseMs, asksForFewer, canTimeMend, type Decision } from "./retry-policy";

/**
 * What holds up all deliveries of a webhook: a pause that its receiver asked for, or that it is down. Times are ms
 * since 1970; null is a webhook that flows freely.
 */
export type Flow = StoredFlow | null;

const MAX_PAUSE_MS = 5 * 60_000;
const FIRST_PROBE_MS = 10_000;

const FREE: StoredFlow = {
  paused_until: null,
  pauses: 0,
  down_since: null,
  down_reason: null,
  probes: 0,
  next_probe_at: null,
};

/** Until when the webhook sends nothing; 0 when it may send now. A webhook that is down then sends one probe. */
export function heldUntil(flow: Flow, now = Date.now()): number {
  return Math.max(pausedUntil(flow, now), probedAt(flow, now));
}

// Both are 0 for a time that has come, or that a clock which was set back since has moved out of reach.
function pausedUntil(flow: Flow, now: number): number {
  return isPaused(flow, now) ? flow.paused_until : 0;
}

function probedAt(flow: Flow, now: number): number {
  const at = flow?.next_probe_at ?? 0;
  return at > now && at <= now + LONGEST_PROBE_MS ? at : 0;
}

type Attempted = {
  flow: Flow;
  outcome: Answer;
  decision: Decision;
  retryDelaySeconds: number;
  now: Date;
  /** 0 to 1: how much later than at the earliest the next probe is sent. */
  spread?: number;
};

/**
 * The flow after an attempt (design, «Slow down» and «Outlast an outage»): 429 and 503 pause the webhook, for as long
 * as they ask or else for the retry delay, doubled each time in a row; a fault that used up a delivery's attempts
 * takes it down, and any answer that shows its receiver at work brings it up again.
 */
export function nextFlow(attempted: Attempted): Flow {
  const { outcome, decision, now } = attempted;
  const flow = attempted.flow ?? FREE;
  // What was under way when the receiver asked for the pause does not end it.
  if (outcome.fault === null) return isPaused(flow, now.getTime()) ? flow : null;
  const paused = asksForFewer(outcome) ? pause({ ...attempted, flow }) : flow;
  if (decision.kind === "wait") return goDown({ ...attempted, flow: paused });
  const isBack = isDown(flow) && !canTimeMend(outcome);
  return orNull(isBack ? { ...paused, ...comeUp() } : paused);
}

function pause({ flow, outcome, retryDelaySeconds, now }: Attempted & { flow: StoredFlow }): StoredFlow {
  const asked = askedPauseMs({ outcome, now });
  if (isPaused(flow, now.getTime())) {
    const until = Math.max(flow.paused_until, now.getTime() + (asked ?? 0));
    return { ...flow, paused_until: until };
  }
  const usual = Math.min(retryDelaySeconds * 1000 * 2 ** flow.pauses, MAX_PAUSE_MS);
  return { ...flow, paused_until: now.getTime() + (asked ?? usual), pauses: flow.pauses + 1 };
}

function goDown({ flow, outcome, now, spread = 0 }: Attempted & { flow: StoredFlow }): StoredFlow {
  // A request that was under way when it went down was no probe.
  if (probedAt(flow, now.getTime()) > 0) return flow;
  const probes = isDown(flow) ? flow.probes + 1 : 0;
  const pauseMs = Math.min(FIRST_PROBE_MS * 2 ** probes, MAX_PROBE_MS) * (1 + PROBE_SPREAD * spread);
  return {
    ...flow,
    down_since: Math.min(flow.down_since ?? now.getTime(), now.getTime()),
    down_reason: outcome.fault,
    probes,
    next_probe_at: Math.round(now.getTime() + pauseMs),
  };
}

function comeUp(): Partial<StoredFlow> {
  return { down_since: null, down_reason: null, probes: 0, next_probe_at: null };
}

function orNull(flow: StoredFlow): Flow {
  return flow.paused_until === null && flow.down_since === null ? null : flow;
}
