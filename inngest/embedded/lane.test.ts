import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  closeLane,
  createLane,
  delay,
  type Held,
  hasten,
  hold,
  LARGE_BODY_BYTES,
  type Lane,
  oldestReady,
  release,
  takeReady as takeOut,
  wakeDelayed,
} from "./lane";

const NOW = Date.parse("2026-03-01T12:00:00Z");
let lane: Lane;
let timesDue: number;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  timesDue = 0;
  lane = createLane({
    webhookId: 7,
    onDue: () => {
      timesDue += 1;
    },
  });
});
afterEach(() => {
  closeLane(lane);
  vi.useRealTimers();
});

function held(id: string, fields: Partial<Held> = {}): Held {
  return {
    id,
    position: 0,
    line: "id 1",
    bytes: 100,
    dueAt: 0,
    loaded: null,
    isAttempted: false,
    ...fields,
  };
}

function add(id: string, fields: Partial<Held> = {}): Held {
  const delivery = held(id, fields);
  hold(lane, delivery);
  return delivery;
}

function takeReady(): string[] {
  return lane.ready.splice(0).map(({ id }) => id);
}

function takeOldest(): string | undefined {
  const oldest = oldestReady(lane);
  if (oldest) takeOut(lane, oldest);
  return oldest?.id;
}

test("of one line only the first is ready, and the next once it has ended", () => {
  const first = add("a");
  add("b");
  add("c", { line: "id 2" });
  expect(takeReady()).toEqual(["a", "c"]);
  release(lane, first);
  expect(takeReady()).toEqual(["b"]);
});

test("what is put off keeps its line waiting, but no other", () => {
  const first = add("a");
  add("b");
  expect(takeReady()).toEqual(["a"]);
  delay(lane, first, NOW + 5_000);
  add("c", { line: "id 2" });
  expect(takeReady()).toEqual(["c"]);
  vi.advanceTimersByTime(4_999);
  expect(takeReady()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(takeReady()).toEqual(["a"]);
  expect(timesDue).toBe(1);
});

test("what is read with a time still to come becomes ready then", () => {
  add("a", { dueAt: NOW + 1_000 });
  expect(takeReady()).toEqual([]);
  vi.advanceTimersByTime(1_000);
  expect(takeReady()).toEqual(["a"]);
});

test.each([
  ["ahead", 3_600_000],
  ["more than an hour back", -24 * 3_600_000],
])("a clock that is set %s makes what was put off ready at the next look", (_way, jumpMs) => {
  const first = add("a");
  takeReady();
  delay(lane, first, NOW + 240_000);
  wakeDelayed(lane, NOW + 1_000);
  expect(takeReady()).toEqual([]);
  wakeDelayed(lane, NOW + jumpMs);
  expect(takeReady()).toEqual(["a"]);
  vi.advanceTimersByTime(240_000);
  expect(takeReady()).toEqual([]);
});

test("large bodies wait in a queue of their own", () => {
  add("small");
  add("large", { line: "id 2", bytes: LARGE_BODY_BYTES + 1 });
  expect(takeReady()).toEqual(["small"]);
  expect(lane.readyLarge.map(({ id }) => id)).toEqual(["large"]);
});

test("the oldest is found among what is due, and taken once", () => {
  add("b", { position: 2, line: "id 2" });
  const first = add("a", { position: 1 });
  add("c", { position: 3 });
  lane.ready.pop();
  delay(lane, first, NOW + 5_000);
  expect(takeOldest()).toBe("b");
  expect(takeOldest()).toBeUndefined();
  vi.advanceTimersByTime(5_000);
  expect(takeOldest()).toBe("a");
  expect(takeOldest()).toBeUndefined();
});

test("what is put off is sent sooner when the table says so, and never later", () => {
  const first = add("a", { dueAt: NOW + 60_000 });
  hasten(lane, first, NOW + 90_000);
  expect(first.dueAt).toBe(NOW + 60_000);
  expect(takeReady()).toEqual([]);
  hasten(lane, first, 0);
  expect(takeReady()).toEqual(["a"]);
  vi.advanceTimersByTime(90_000);
  expect([takeReady(), timesDue]).toEqual([[], 0]);
});

test("what is on its way is not made ready again", () => {
  const first = add("a");
  expect(takeReady()).toEqual(["a"]);
  hasten(lane, first, 0);
  expect(takeReady()).toEqual([]);
});
