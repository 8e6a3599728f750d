import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { logger } from "@/lib/logger";
import { logProgress } from "./progress-log";

const lines: { level: string; fields: Record<string, unknown>; message: string }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  lines.length = 0;
  for (const level of ["info", "debug"] as const) {
    vi.spyOn(logger, level).mockImplementation((fields: unknown, message?: string) => {
      lines.push({ level, fields: { ...(fields as object) }, message: message ?? "" });
    });
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("tells of each step while they are few, and sums up what is too much", () => {
  for (let index = 0; index < 1000; index += 1) logProgress("burst", () => ({ eventId: index }));
  expect(lines).toHaveLength(20);
  expect(lines[19]).toEqual({ level: "info", fields: { eventId: 19 }, message: "burst" });
  vi.advanceTimersByTime(1000);
  expect(lines).toHaveLength(21);
  expect(lines[20]?.fields).toEqual({ message: "burst", count: 980 });
  logProgress("burst", () => ({ eventId: "later" }));
  expect(lines[21]).toMatchObject({ level: "info", fields: { eventId: "later" } });
});

test("one kind of line does not crowd out another", () => {
  for (let index = 0; index < 100; index += 1) logProgress("many", () => ({}));
  logProgress("few", () => ({ eventId: 1 }));
  expect(lines.at(-1)).toEqual({ level: "info", fields: { eventId: 1 }, message: "few" });
});

test("at level debug every step is told", () => {
  vi.spyOn(logger, "isLevelEnabled").mockReturnValue(true);
  for (let index = 0; index < 100; index += 1) logProgress("all", () => ({ eventId: index }));
  expect(lines).toHaveLength(100);
  expect(lines.filter(({ level }) => level === "debug")).toHaveLength(80);
});
