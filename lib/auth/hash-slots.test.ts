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
  for (const held of strangers.slice(1)) {
    await settle();
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
