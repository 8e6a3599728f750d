import type { Outcome } from "@/lib/outbound/send";

/** The longest pause that a receiver's Retry-After can ask for. */
export const MAX_RETRY_AFTER_SECONDS = 3600;

export type Decision =
  | { kind: "succeeded" }
  | { kind: "retry"; delayMs: number }
  | { kind: "failed"; reason: string }
  | { kind: "gone" };

/**
 * What follows an attempt. `attemptNumber` counts from 1; `retryCount` is the number of further attempts
 * after the first (guide, «Настройки надежности»). A Retry-After on 429 or 503 can only lengthen the delay.
 */
export function decideNext({
  attemptNumber,
  retryCount,
  retryDelaySeconds,
  outcome,
  now,
}: {
  attemptNumber: number;
  retryCount: number;
  retryDelaySeconds: number;
  outcome: Pick<Outcome, "success" | "status" | "retryAfter" | "errorMessage">;
  now: Date;
}): Decision {
  if (outcome.success) return { kind: "succeeded" };
  if (outcome.status === 410) return { kind: "gone" };
  if (attemptNumber > retryCount)
    return { kind: "failed", reason: failureReason({ attemptNumber, outcome }) };

  const asked = canPostpone(outcome.status) ? retryAfterMs({ value: outcome.retryAfter, now }) : 0;
  return {
    kind: "retry",
    delayMs: Math.max(retryDelaySeconds * 1000, Math.min(asked, MAX_RETRY_AFTER_SECONDS * 1000)),
  };
}

function failureReason({
  attemptNumber,
  outcome,
}: {
  attemptNumber: number;
  outcome: Pick<Outcome, "errorMessage">;
}): string {
  const attempts = attemptNumber === 1 ? "The only attempt" : `All ${attemptNumber} attempts`;
  return `${attempts} failed. ${outcome.errorMessage ?? "The last one gave no reason."}`;
}

function canPostpone(status: number | null): boolean {
  return status === 429 || status === 503;
}

/** RFC 9110, 10.2.3: seconds or one of the three HTTP-date forms; anything else asks for nothing. */
function retryAfterMs({ value, now }: { value: string | null; now: Date }): number {
  if (value === null) return 0;
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
