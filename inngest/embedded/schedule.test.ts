import { once } from "node:events";
import { expect, test } from "vitest";
import type { ScheduledFunction } from "@/inngest/functions/scheduled";
import { type Schedule, startSchedule } from "./schedule";

function scheduled(handler: ScheduledFunction["handler"], everySeconds = 0.01): ScheduledFunction {
  return { id: "test", everySeconds, handler };
}

test("runs a function at once and again, never twice at a time", async () => {
  let running = 0;
  let most = 0;
  let turns = 0;
  let schedule: Schedule | undefined;
  await new Promise<void>((resolve) => {
    const handler = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setTimeout(done, 20));
      running -= 1;
      turns += 1;
      if (turns === 3) resolve();
    };
    schedule = startSchedule({ functions: [scheduled(handler)] });
  });
  await schedule?.stop();
  expect(most).toBe(1);
});

test("a function that fails has its next turn and does not hold up the others", async () => {
  let failures = 0;
  let schedule: Schedule | undefined;
  const turns = await new Promise<number>((resolve) => {
    let others = 0;
    const failing = async () => {
      failures += 1;
      throw new Error("once more");
    };
    const other = async () => {
      others += 1;
      if (others >= 3 && failures >= 3) resolve(others);
    };
    schedule = startSchedule({ functions: [scheduled(failing), scheduled(other)] });
  });
  await schedule?.stop();
  expect(turns).toBeGreaterThanOrEqual(3);
});

test("a stop aborts the turn under way, waits for it and starts no other", async () => {
  const ended: string[] = [];
  let turns = 0;
  const handler = async ({ signal }: { signal: AbortSignal }) => {
    turns += 1;
    await once(signal, "abort");
    ended.push("turn");
  };
  const schedule = startSchedule({ functions: [scheduled(handler)] });
  await schedule.stop();
  ended.push("stop");
  expect(ended).toEqual(["turn", "stop"]);
  expect(turns).toBe(1);
});
