import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { keepRegistered, stopRegistering } from "@/inngest/registration";
import { forgetEnv } from "@/lib/env";
import { GET } from "./route";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(() => {
  stopRegistering();
  vi.unstubAllEnvs();
  forgetEnv();
});
afterAll(() => database.close());

async function readiness() {
  const answer = await GET();
  return { status: answer.status, body: await answer.json() };
}

test("on the embedded engine it is ready when the database answers", async () => {
  expect(await readiness()).toEqual({ status: 200, body: { status: "ready", database: "ok" } });
});

test("on Inngest it says what is missing until the functions are registered", async () => {
  vi.stubEnv("INNGEST_EVENT_KEY", "e");
  vi.stubEnv("INNGEST_SIGNING_KEY", "0011223344556677");
  forgetEnv();
  keepRegistered({ onLearned: () => {} });
  expect(await readiness()).toEqual({
    status: 503,
    body: {
      status: "not_ready",
      database: "ok",
      inngest: expect.stringContaining("set INNGEST_SERVE_ORIGIN"),
    },
  });
});
