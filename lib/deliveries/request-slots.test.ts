import { expect, test } from "vitest";
import { createRequestSlots } from "@/lib/deliveries/request-slots";

function deferred() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Lets every promise that can already go on do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("runs at most the limit at once, the others in the order they came", async () => {
  const slots = createRequestSlots(2);
  const gates = Array.from({ length: 5 }, deferred);
  const started: number[] = [];
  const runs = gates.map((gate, index) =>
    slots.run("a", async () => {
      started.push(index);
      await gate.promise;
      return index;
    }),
  );

  await settled();
  expect(started).toEqual([0, 1]);
  gates[1]?.resolve();
  await settled();
  expect(started).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  expect(await Promise.all(runs)).toEqual([0, 1, 2, 3, 4]);
  expect(started).toEqual([0, 1, 2, 3, 4]);
});

test("a newcomer does not overtake the one that waits while a slot is handed over", async () => {
  const slots = createRequestSlots(1);
  const started: string[] = [];
  const gate = deferred();
  const first = slots.run("a", () => gate.promise);
  const waiting = slots.run("a", async () => void started.push("waiting"));
  const newcomer = first.then(() => slots.run("a", async () => void started.push("newcomer")));
  gate.resolve();
  await Promise.all([waiting, newcomer]);
  expect(started).toEqual(["waiting", "newcomer"]);
});

test("a full key does not hold up another", async () => {
  const slots = createRequestSlots(1);
  const gate = deferred();
  const hung = slots.run(1, () => gate.promise);
  const behind = slots.run(1, async () => "behind");
  expect(await slots.run(2, async () => "other")).toBe("other");
  gate.resolve();
  await hung;
  expect(await behind).toBe("behind");
});

test("a failure gives its slot back and reaches only its own caller", async () => {
  const slots = createRequestSlots(1);
  const failing = slots.run("a", async () => {
    throw new Error("refused");
  });
  const next = slots.run("a", async () => "next");
  await expect(failing).rejects.toThrow("refused");
  expect(await next).toBe("next");
});

test("thousands of waiting functions all pass, never more than the limit at once", async () => {
  const slots = createRequestSlots(8);
  const running = new Array<number>(10).fill(0);
  let most = 0;
  const run = async (key: number) => {
    running[key] = (running[key] ?? 0) + 1;
    most = Math.max(most, running[key] ?? 0);
    await settled();
    running[key] = (running[key] ?? 0) - 1;
  };
  await Promise.all(Array.from({ length: 5000 }, (_, index) => slots.run(index % 10, () => run(index % 10))));
  expect(most).toBe(8);
  expect(running).toEqual(new Array(10).fill(0));
});
