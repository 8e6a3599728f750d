import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createGroupCommit } from "./group-commit";

const away = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

describe("createGroupCommit", () => {
  test("callers of one turn share a flush and each gets its own result", async () => {
    const batches: number[][] = [];
    const double = createGroupCommit<number, number>({
      maxItems: 10,
      flush: async (items) => {
        batches.push(items);
        return items.map((item) => item * 2);
      },
    });
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  test("a flush carries at most maxItems", async () => {
    const sizes: number[] = [];
    const add = createGroupCommit<number, void>({
      maxItems: 2,
      flush: async (items) => {
        sizes.push(items.length);
        return items.map(() => undefined);
      },
    });
    await Promise.all([1, 2, 3, 4, 5].map(add));
    expect(sizes).toEqual([2, 2, 1]);
  });

  test("a lone caller waits for nobody, and those who come within the time after it share a flush", async () => {
    const batches: number[][] = [];
    const add = createGroupCommit<number, void>({
      maxItems: 10,
      gatherMs: 300,
      flush: async (items) => {
        batches.push(items);
        return items.map(() => undefined);
      },
    });
    await add(1);
    const second = add(2);
    await nextTurn();
    await Promise.all([second, add(3)]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  test("one bad item fails alone", async () => {
    const store = createGroupCommit<string, string>({
      maxItems: 10,
      flush: async (items) => {
        if (items.includes("bad")) throw new Error("invalid byte sequence");
        return items;
      },
    });
    const results = await Promise.allSettled(["a", "bad", "c"].map(store));
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("while the database is away an impatient caller hears so, and nothing is tried item by item", async () => {
    let flushes = 0;
    const accept = createGroupCommit<number, number>({
      maxItems: 10,
      flush: async () => {
        flushes += 1;
        throw away;
      },
    });
    const results = await Promise.allSettled([1, 2].map(accept));
    expect(results.every((result) => result.status === "rejected" && result.reason === away)).toBe(true);
    expect(flushes).toBe(1);
  });

  test("a patient batch waits for the database and loses nothing", async () => {
    let flushes = 0;
    const record = createGroupCommit<number, number>({
      maxItems: 10,
      isPatient: true,
      flush: async (items) => {
        flushes += 1;
        if (flushes < 3) throw away;
        return items;
      },
    });
    expect(await Promise.all([1, 2].map(record))).toEqual([1, 2]);
    expect(flushes).toBe(3);
  });
});
