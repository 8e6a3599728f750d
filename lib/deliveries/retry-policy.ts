import { MAX_RETRY_AFTER_MS } from "@/db/longest-waits";
import { objectIn, parsedJson } from "@/lib/json-object";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import type { Outcome } from "@/lib/outbound/send";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

export type Decision =
  | { kind: "succeeded" }
  | { kind: "retry"; delayMs: number }
  | { kind: "failed"; refusal: Refusal }
  /** It waits for its receiver to come back: the webhook is down. */
  | { kind: "wait" }
  | { kind: "gone" };

export type Answer = Pick<Outcome, "status" | "retryAfter" | "responseBody" | "errorCode" | "fault">;

/**
 * What follows an attempt. `attemptNumber` counts from 1; `retryCount` is the number of further attempts
 * after the first (guide, «Настройки надежности»). A Retry-After on 429 or 503 can only lengthen the delay. Where an
 * outage is outlasted, a fault that time can mend uses up the attempts and not the delivery.
 */
export function decideNext({
  attemptNumber,
  retryCount,
  retryDelaySeconds,
  isOutlasting,
  isDown,
  outcome,
  now,
}: {
  attemptNumber: number;
  retryCount: number;
  retryDelaySeconds: number;
  /** Whether `give_up_after_minutes` is set. */
  isOutlasting: boolean;
  /** Whether the webhook is down already. */
  isDown: boolean;
  outcome: Answer;
  now: Date;
}): Decision {
  const { fault } = outcome;
  if (fault === null) return { kind: "succeeded" };
  if (outcome.status === 410) return { kind: "gone" };
  const isUsedUp = attemptNumber > retryCount;
  if (isOutlasting && (isUsedUp || isDown) && canTimeMend(outcome)) return { kind: "wait" };
  if (isUsedUp) return { kind: "failed", refusal: failure({ attempts: attemptNumber, fault }) };
  return {
    kind: "retry",
    delayMs: Math.max(retryDelaySeconds * 1000, askedPauseMs({ outcome, now }) ?? 0),
  };
}

/** Faults of the way to a receiver that no time mends: they are the webhook's own. */
const LASTING_FAULTS = new Set<DeliveryErrorCode | null>(["blocked_address", "invalid_request"]);

/** Whether the same request may succeed later: no answer, or one of 408, 425, 429 and 5xx (design, «Outlast an outage»). */
export function canTimeMend({ status, errorCode }: Pick<Answer, "status" | "errorCode">): boolean {
  if (status === null) return !LASTING_FAULTS.has(errorCode);
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** How long an answer of 429 or 503 asks to send nothing, in ms, an hour at most; null when it does not say. */
export function askedPauseMs({ outcome, now }: { outcome: Answer; now: Date }): number | null {
  if (!asksForFewer(outcome)) return null;
  const asked = retryAfterMs({ value: outcome.retryAfter ?? "", now }) || telegramRetryAfterMs(outcome);
  // To wait for no time at all is what it says when it does not know.
  return asked ? Math.min(asked, MAX_RETRY_AFTER_MS) : null;
}

/** Whether the receiver wants fewer requests. */
export function asksForFewer({ status }: Pick<Answer, "status">): boolean {
  return status === 429 || status === 503;
}

function failure({ attempts, fault }: { attempts: number; fault: Refusal }): Refusal {
  return attempts === 1
    ? refuse("attempt_failed", { fault })
    : refuse("attempts_failed", { attempts, fault });
}

// Telegram says it in the body: {"ok":false,"error_code":429,"parameters":{"retry_after":5}}.
function telegramRetryAfterMs({ responseBody }: Answer): number | null {
  if (!responseBody?.includes('"retry_after"')) return null;
  const seconds = objectIn(objectIn(parsedJson(responseBody)).parameters).retry_after;
  return typeof seconds === "number" && seconds > 0 ? seconds * 1000 : null;
}

/** RFC 9110, 10.2.3: seconds or one of the three HTTP-date forms; anything else asks for nothing. */
function retryAfterMs({ value, now }: { value: string; now: Date }): number {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const time = httpDateMs(text);
  return Number.isNaN(time) ? 0 : Math.max(0, time - now.getTime());
}

function httpDateMs(text: string): number {
  if (/^[A-Za-z]+, .+ GMT$/.test(text)) return Date.parse(text);
  // asctime carries no zone and means UTC; Date.parse alone would take it as local time.
  if (/^[A-Za-z]{3} [A-Za-z]{3} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text)) return Date.parse(`${text} GMT`);
  return Number.NaN;
}
