import fc from "fast-check";
import { expect, test } from "vitest";
import { type Decision, decideNext } from "@/lib/deliveries/retry-policy";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import { refuse } from "@/lib/refusals/refuse";

const FAULT = refuse("fault_status_5xx", { receiver: "crm.example", answer: "500" });

const now = new Date("2026-02-11T12:00:00.000Z");

type Given = {
  attemptNumber?: number;
  retryCount?: number;
  status?: number | null;
  success?: boolean;
  retryAfter?: string | null;
  errorCode?: DeliveryErrorCode | null;
  isOutlasting?: boolean;
  isDown?: boolean;
};

function decide({
  attemptNumber = 1,
  retryCount = 3,
  status = 500,
  success = false,
  retryAfter = null,
  errorCode = null,
  isOutlasting = false,
  isDown = false,
}: Given): Decision {
  const outcome = {
    status,
    retryAfter,
    responseBody: null,
    errorCode,
    fault: success ? null : FAULT,
  };
  return decideNext({ attemptNumber, retryCount, retryDelaySeconds: 5, isOutlasting, isDown, outcome, now });
}

const retryIn = (delayMs: number): Decision => ({ kind: "retry", delayMs });

test.each<[string, Given, Decision]>([
  ["a success", { status: 204, success: true }, { kind: "succeeded" }],
  ["a success on the last attempt", { attemptNumber: 4, status: 200, success: true }, { kind: "succeeded" }],
  ["the first failure", {}, retryIn(5000)],
  ["the failure before the last attempt", { attemptNumber: 3 }, retryIn(5000)],
  ["no response at all", { status: null }, retryIn(5000)],
  ["a refusal (401)", { status: 401 }, retryIn(5000)],
  ["a redirect", { status: 302 }, retryIn(5000)],
  ["410 with attempts left", { status: 410 }, { kind: "gone" }],
  ["410 on the last attempt", { attemptNumber: 4, status: 410 }, { kind: "gone" }],
  [
    "the fourth failure of retry_count 3",
    { attemptNumber: 4 },
    { kind: "failed", refusal: refuse("attempts_failed", { attempts: 4, fault: FAULT }) },
  ],
  [
    "the only attempt of retry_count 0",
    { retryCount: 0 },
    { kind: "failed", refusal: refuse("attempt_failed", { fault: FAULT }) },
  ],
  [
    "the last attempt where an outage is outlasted",
    { attemptNumber: 4, isOutlasting: true },
    { kind: "wait" },
  ],
  ["no answer to it", { attemptNumber: 4, status: null, isOutlasting: true }, { kind: "wait" }],
  ["an attempt before it", { attemptNumber: 2, isOutlasting: true }, retryIn(5000)],
  ["… of a webhook that is down", { attemptNumber: 2, isOutlasting: true, isDown: true }, { kind: "wait" }],
  [
    "an answer that time cannot mend",
    { attemptNumber: 4, status: 422, isOutlasting: true },
    { kind: "failed", refusal: refuse("attempts_failed", { attempts: 4, fault: FAULT }) },
  ],
  [
    "an address that the guard refuses",
    { attemptNumber: 4, status: null, errorCode: "blocked_address", isOutlasting: true },
    { kind: "failed", refusal: refuse("attempts_failed", { attempts: 4, fault: FAULT }) },
  ],
  ["429 with a longer Retry-After", { status: 429, retryAfter: "60" }, retryIn(60_000)],
  ["503 with a longer Retry-After", { status: 503, retryAfter: " 60 " }, retryIn(60_000)],
  ["429 with a shorter Retry-After", { status: 429, retryAfter: "1" }, retryIn(5000)],
  ["500 with a Retry-After", { status: 500, retryAfter: "60" }, retryIn(5000)],
  ["a Retry-After beyond an hour", { status: 429, retryAfter: "86400" }, retryIn(3_600_000)],
  ["a Retry-After beyond every number", { status: 429, retryAfter: "9".repeat(400) }, retryIn(3_600_000)],
  ["an IMF date", { status: 503, retryAfter: "Wed, 11 Feb 2026 12:02:00 GMT" }, retryIn(120_000)],
  ["an RFC 850 date", { status: 503, retryAfter: "Wednesday, 11-Feb-26 12:02:00 GMT" }, retryIn(120_000)],
  ["an asctime date", { status: 503, retryAfter: "Wed Feb 11 12:02:00 2026" }, retryIn(120_000)],
  ["a date in the past", { status: 503, retryAfter: "Wed, 11 Feb 2026 11:00:00 GMT" }, retryIn(5000)],
  ["a date far ahead", { status: 503, retryAfter: "Thu, 11 Feb 2027 12:00:00 GMT" }, retryIn(3_600_000)],
  ["words", { status: 503, retryAfter: "soon" }, retryIn(5000)],
  ["a negative number", { status: 503, retryAfter: "-60" }, retryIn(5000)],
  ["a fraction", { status: 503, retryAfter: "60.5" }, retryIn(5000)],
  ["an empty value", { status: 503, retryAfter: "" }, retryIn(5000)],
])("after %s", (_name, given, expected) => {
  expect(decide(given)).toEqual(expected);
});

test("a retry waits at least the configured delay and at most an hour, whatever the receiver asks", () => {
  const retryAfter = fc.oneof(
    fc.constant(null),
    fc.string(),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );
  const status = fc.constantFrom(null, 301, 404, 429, 500, 503);
  fc.assert(
    fc.property(
      status,
      retryAfter,
      fc.integer({ min: 1, max: 300 }),
      (status, retryAfter, retryDelaySeconds) => {
        const outcome = {
          status,
          retryAfter,
          responseBody: null,
          errorCode: null,
          fault: FAULT,
        };
        const policy = { retryCount: 1, retryDelaySeconds, isOutlasting: false, isDown: false };
        const decision = decideNext({ attemptNumber: 1, ...policy, outcome, now });
        if (decision.kind !== "retry") return false;
        const delaySeconds = decision.delayMs / 1000;
        return delaySeconds >= retryDelaySeconds && delaySeconds <= 3600;
      },
    ),
  );
});

test("exactly retry_count further attempts follow the first", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 }), (retryCount) => {
      let attemptNumber = 1;
      while (decide({ attemptNumber, retryCount }).kind === "retry") attemptNumber += 1;
      return attemptNumber === retryCount + 1;
    }),
  );
});
