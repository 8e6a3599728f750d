import { describe, expect, test } from "vitest";
import { refuse } from "@/lib/refusals/refuse";
import { isDown } from "@/lib/webhooks/health";
import { type Flow, heldUntil, nextFlow } from "./flow";
import type { Answer, Decision } from "./retry-policy";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const SUCCEEDED: Decision = { kind: "succeeded" };
const RETRY: Decision = { kind: "retry", delayMs: 5_000 };
const WAIT: Decision = { kind: "wait" };
const FAILED: Decision = { kind: "failed", refusal: refuse("gone") };

function answered(status: number | null, fields: Partial<Answer> = {}): Answer {
  return {
    status,
    retryAfter: null,
    responseBody: "",
    errorCode: null,
    fault: status === 200 ? null : refuse("fault_status", { receiver: "crm.example", answer: `${status}` }),
    ...fields,
  };
}

const TELEGRAM_7 = { retryAfter: "soon", responseBody: '{"ok":false,"parameters":{"retry_after":7}}' };

type Step = { at: number; outcome: Answer; decision: Decision };

function flowAfter(...steps: Step[]): Flow {
  return steps.reduce<Flow>(
    (flow, { at, outcome, decision }) =>
      nextFlow({ flow, outcome, decision, retryDelaySeconds: 5, now: new Date(NOW + at * 1_000) }),
    null,
  );
}

/** How long after NOW the webhook is held up, as seen `at` seconds after it. */
function heldForSeconds(flow: Flow, at = 0): number {
  return (heldUntil(flow, NOW + at * 1_000) - NOW) / 1_000;
}

describe("a receiver that asks for fewer requests", () => {
  const busy = (at: number, fields: Partial<Answer> = {}): Step => ({
    at,
    outcome: answered(429, fields),
    decision: RETRY,
  });

  test.each<[string, Partial<Answer>, number]>([
    ["the retry delay where it does not say", {}, 5],
    ["its Retry-After", { retryAfter: "60" }, 60],
    ["its Retry-After, also a short one", { retryAfter: "1" }, 1],
    ["an hour at most", { retryAfter: "86400" }, 3_600],
    ["Telegram's retry_after", { responseBody: '{"ok":false,"parameters":{"retry_after":7}}' }, 7],
    ["the retry delay where the body is no JSON", { responseBody: '{"retry_after"' }, 5],
    ["Telegram's retry_after where its header says nothing", TELEGRAM_7, 7],
    ...["0", "-60", "soon", "60.5", "", "Sun, 01 Mar 2026 11:00:00 GMT"].map(
      (retryAfter): [string, Partial<Answer>, number] => [
        `the retry delay where it asks for «${retryAfter}»`,
        { retryAfter },
        5,
      ],
    ),
    ["its date", { retryAfter: "Sun, 01 Mar 2026 12:01:00 GMT" }, 60],
    ["an hour where its date is ten hours ahead", { retryAfter: "Sun, 01 Mar 2026 22:00:00 GMT" }, 3_600],
  ])("pauses the webhook for %s", (_what, fields, seconds) => {
    expect(heldForSeconds(flowAfter(busy(0, fields)))).toBe(seconds);
  });

  test("503 does the same, and 500 does not", () => {
    expect(heldForSeconds(flowAfter({ at: 0, outcome: answered(503), decision: RETRY }))).toBe(5);
    expect(flowAfter({ at: 0, outcome: answered(500), decision: RETRY })).toBeNull();
  });

  test("each time in a row the pause doubles, up to five minutes", () => {
    const times = [0, 10, 30, 60, 120, 300, 700, 1_300];
    const pauses = times.map(
      (at, index) => heldForSeconds(flowAfter(...times.slice(0, index + 1).map((t) => busy(t)))) - at,
    );
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300]);
  });

  test("answers to requests that were under way do not double it", () => {
    expect(heldForSeconds(flowAfter(busy(0), busy(0.1), busy(0.2)))).toBe(5);
  });

  test("a success that was under way does not end it; one after it does, and the doubling too", () => {
    const success = (at: number): Step => ({ at, outcome: answered(200), decision: SUCCEEDED });
    expect(heldForSeconds(flowAfter(busy(0), success(1)))).toBe(5);
    expect(flowAfter(busy(0), success(6))).toBeNull();
    expect(heldForSeconds(flowAfter(busy(0), busy(6), success(20), busy(30)))).toBe(35);
  });
});

describe("a receiver that is away", () => {
  const away = (at: number, status: number | null = null): Step => ({
    at,
    outcome: answered(status),
    decision: WAIT,
  });

  test("takes the webhook down, which probes after 10 s, 20 s … 5 min", () => {
    const times = [0, 10, 30, 70, 150, 310, 610];
    const probes = times.map(
      (at, index) => heldForSeconds(flowAfter(...times.slice(0, index + 1).map((t) => away(t))), at) - at,
    );
    expect(probes).toEqual([10, 20, 40, 80, 160, 300, 300]);
    const flow = flowAfter(away(0), away(10));
    expect([isDown(flow), flow?.down_since]).toEqual([true, NOW]);
  });

  test("which come later by up to a tenth, so that none of its own rhythms meets all of them", () => {
    const probedAfter = (spread: number) =>
      nextFlow({
        flow: null,
        outcome: answered(null),
        decision: WAIT,
        retryDelaySeconds: 5,
        now: new Date(NOW),
        spread,
      })?.next_probe_at;
    expect([0, 0.5, 1].map(probedAfter)).toEqual([NOW + 10_000, NOW + 10_500, NOW + 11_000]);
  });

  test("a success brings it up", () => {
    expect(flowAfter(away(0), { at: 10, outcome: answered(200), decision: SUCCEEDED })).toBeNull();
  });

  test("so does an answer that shows it at work, though it refuses the order", () => {
    expect(flowAfter(away(0), { at: 10, outcome: answered(422), decision: FAILED })).toBeNull();
  });

  test("a probe that is asked to wait waits for as long as that", () => {
    const flow = flowAfter(away(0), {
      at: 10,
      outcome: answered(503, { retryAfter: "600" }),
      decision: WAIT,
    });
    expect([isDown(flow), heldForSeconds(flow)]).toEqual([true, 610]);
  });
});

describe("a clock that was set back by a day", () => {
  const DAY = 24 * 3_600;
  const now = NOW - DAY * 1_000;
  const busy = (at: number): Step => ({ at, outcome: answered(503), decision: RETRY });
  const away = (at: number): Step => ({ at, outcome: answered(null), decision: WAIT });

  test("does not lengthen a pause: the webhook sends at once, and the next pause is as long as usual", () => {
    expect(heldUntil(flowAfter(busy(0)), now)).toBe(0);
    expect(heldUntil(flowAfter(busy(0), busy(-DAY)), now)).toBe(now + 10_000);
    expect(flowAfter(busy(0), { at: -DAY, outcome: answered(200), decision: SUCCEEDED })).toBeNull();
  });

  test("does not put a probe off either, by ten minutes as little, and the next one waits again", () => {
    expect(heldUntil(flowAfter(away(0)), now)).toBe(0);
    expect(heldUntil(flowAfter(away(0)), NOW - 600_000)).toBe(0);
    const probedSince = flowAfter(away(0), away(-DAY));
    expect(heldUntil(probedSince, now)).toBe(now + 20_000);
    expect(probedSince?.down_since).toBe(now);
  });
});
