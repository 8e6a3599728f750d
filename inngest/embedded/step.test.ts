import { describe, expect, test } from "vitest";
import { deliveryRequested } from "@/inngest/functions/step";
import { recordSteps } from "./step";

describe("recordSteps", () => {
  test("a finished step is not done again and gives its stored result", async () => {
    const first = recordSteps(null);
    expect(await first.step.run("attempt-1", async () => ({ done: false }))).toEqual({ done: false });

    const again = recordSteps(first.memo);
    const result = await again.step.run("attempt-1", async () => {
      throw new Error("done twice");
    });
    expect(result).toEqual({ done: false });
  });

  test("a failed step leaves no memo", async () => {
    const recording = recordSteps(null);
    await expect(
      recording.step.run("match", async () => {
        throw new Error("away");
      }),
    ).rejects.toThrow("away");
    expect(recording.memo).toEqual({});
  });

  test("a sleep suspends the run until it is due and has passed at the next call", async () => {
    const before = Date.now();
    const first = recordSteps(null);
    let wentOn = false;
    void first.step.sleep("wait-1", 5_000).then(() => {
      wentOn = true;
    });
    const dueAt = await first.suspended;
    expect(dueAt).toBeGreaterThanOrEqual(before + 5_000);
    expect(wentOn).toBe(false);

    await recordSteps(first.memo).step.sleep("wait-1", 5_000);
  });

  test("a sleep of no time does not suspend", async () => {
    await recordSteps(null).step.sleep("wait-1", 0);
  });

  test("events are sent once, whatever reruns", async () => {
    const first = recordSteps(null);
    const event = deliveryRequested({ id: "6f9", webhookId: 7 });
    await first.step.sendEvent("fan-out", [event]);
    expect(first.sent).toEqual([event]);

    const again = recordSteps(first.memo);
    await again.step.sendEvent("fan-out", [event]);
    expect(again.sent).toEqual([]);
  });

  test("a step named like a property of every object is a step like any other", async () => {
    const recording = recordSteps(null);
    expect(await recording.step.run("toString", async () => 1)).toBe(1);
  });
});
