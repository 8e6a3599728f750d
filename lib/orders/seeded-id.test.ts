import { expect, test } from "vitest";
import { seededId, withSeededIds } from "./seeded-id";

const SEED = "1743130137367,eii2YKXRVTJPuA==";

test.each([
  [0, "01JQDAE4RQF8MBCR55T5AK4KXR"],
  [1, "01JQDAE4RQF8MBCR55T5AK4KXS"],
  [4999, "01JQDAE4RQF8MBCR55T5AK4RSZ"],
])("the event at index %i has the ULID that Inngest gives it", (index, id) => {
  expect(seededId({ seed: SEED, index })).toBe(id);
});

test("the last four bytes wrap around alone", () => {
  const seed = `1,${Buffer.from([0, 0, 0, 0, 0, 1, 255, 255, 255, 255]).toString("base64")}`;
  expect(seededId({ seed, index: 0 })).toBe("00000000010000000007ZZZZZZ");
  expect(seededId({ seed, index: 1 })).toBe("00000000010000000004000000");
});

test.each([
  "",
  "1743130137367",
  "0,eii2YKXRVTJPuA==",
  "-1,eii2YKXRVTJPuA==",
  "281474976710656,eii2YKXRVTJPuA==",
  "1743130137367,eii2YKXRVTJP",
  "1743130137367,eii2YKXRVTJPuAAA",
  "1743130137367,eii2YKXRVTJPuA==,1",
  "1743130137367,eii2YKXRVTJPuA==, 1743130137367,eii2YKXRVTJPuA==",
  `1743130137367,${"A".repeat(100_000)}`,
])("%.60s is no seed", (seed) => {
  expect(seededId({ seed, index: 0 })).toBeNull();
});

test("only events without an id take one, by their place in the request", () => {
  const events = [
    { id: "own", name: "a" },
    { name: "b" },
    { id: "", name: "c" },
    { id: null, name: "d" },
    { id: 7 },
  ];
  const at = (index: number) => seededId({ seed: SEED, index });
  expect([...withSeededIds({ events, seed: SEED })]).toEqual([
    { id: "own", name: "a" },
    { id: at(1), name: "b" },
    { id: at(2), name: "c" },
    { id: at(3), name: "d" },
    { id: 7 },
  ]);
  expect([...withSeededIds({ events, seed: "nonsense" })]).toEqual(events);
});
