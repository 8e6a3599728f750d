import { expect, test } from "vitest";
import { inHashSlot } from "./hash-slots";

type Held = { finish: () => void; done: Promise<unknown> };

/** Work that goes on until it is told to end. */
function hold(asking: "known" | "stranger", started: string[] = [], name = ""): Held {
  let finish = () => {};
  const done = inHashSlot({
    asking,
    work: () => {
      started.push(name);
      return new Promise<void>((end) => {
        finish = end;
      });
    },
  });
  return { finish: () => finish(), done };
}

const settle = () => new Promise((next) => setImmediate(next));

async function startedBy(started: string[], count: number): Promise<void> {
  while (started.length < count) await settle();
}

test("strangers get one slot and eight places, and who is known goes first", async () => {
  const started: string[] = [];
  const strangers = Array.from({ length: 9 }, (_, index) => hold("stranger", started, `stranger ${index}`));
  await expect(hold("stranger").done).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: 1 });
  const known = [hold("known", started, "known 0"), hold("known", started, "known 1")];
  await settle();
  expect(started).toEqual(["stranger 0", "known 0"]);

  known[0]?.finish();
  await settle();
  expect(started).toEqual(["stranger 0", "known 0", "known 1"]);

  strangers[0]?.finish();
  known[1]?.finish();
  for (const [index, held] of strangers.slice(1).entries()) {
    await startedBy(started, 4 + index);
    held.finish();
  }
  await Promise.all([...strangers, ...known].map(({ done }) => done));
  expect(started).toHaveLength(11);
});

test("work that fails gives its slot back", async () => {
  for (let round = 0; round < 5; round += 1) {
    const failing = inHashSlot({ asking: "stranger", work: () => Promise.reject(new Error("no")) });
    await expect(failing).rejects.toThrow("no");
  }
  expect(await inHashSlot({ asking: "stranger", work: async () => "done" })).toBe("done");
});

test("while strangers queue they rest after each hash, and who is known does not wait for that", async () => {
  const started: string[] = [];
  const strangers = ["first", "second"].map((name) => hold("stranger", started, name));
  await new Promise((passed) => setTimeout(passed, 20));
  strangers[0]?.finish();
  await settle();
  const known = hold("known", started, "known");
  await settle();
  expect(started).toEqual(["first", "known"]);
  known.finish();
  await startedBy(started, 3);
  strangers[1]?.finish();
  await Promise.all([...strangers, known].map(({ done }) => done));
});
