import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { insertSession } from "@/db/queries/sessions";
import { insertToken } from "@/db/queries/tokens";
import { insertUser } from "@/db/queries/users";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { authenticateToken } from "@/lib/auth/authenticate-token";
import { isFamiliarAddress, noteFamiliarAddress } from "@/lib/auth/familiar-addresses";
import { DEVICE_SECONDS, deviceOf, makeDevice } from "@/lib/auth/known-device";
import { recallVisitors } from "@/lib/auth/recall-visitors";
import { SESSION_LIFE } from "@/lib/auth/sessions/session-life";
import { createToken } from "@/lib/auth/tokens/create";
import { storedForm } from "@/lib/auth/tokens/make-token";
import { forgetEnv } from "@/lib/env";
import { noteInngestAddress, visitorOf } from "./visitors";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(() => database.empty());

type Sent = { headers?: Record<string, string>; from?: string; url?: string };

function visitor({ headers = {}, from = "198.51.100.1", url = "/webhooks" }: Sent = {}) {
  const socket = { remoteAddress: from } as Parameters<typeof visitorOf>[0]["socket"];
  return visitorOf({ headers, socket, url });
}

test("is named by its address, or by what the nearest proxy says of it", () => {
  expect(visitor()).toEqual({ rank: "stranger", address: "198.51.100.1" });
  const headers = { "x-forwarded-for": "10.0.0.1, 203.0.113.5" };
  expect(visitor({ headers })).toEqual({ rank: "stranger", address: "203.0.113.5" });
});

test("who has one address of an IPv6 network has them all: they count as one, and are familiar together", () => {
  expect(visitor({ from: "2001:db8::1" }).address).toBe(visitor({ from: "2001:db8::2" }).address);
  noteFamiliarAddress("2001:db8::1");
  expect(visitor({ from: "2001:db8::2" }).rank).toBe("familiar");
  expect(visitor({ from: "2001:db8:0:1::2" }).rank).toBe("stranger");
});

test("a browser in which a user signed in is trusted for 90 days, and a made-up one never", () => {
  const device = makeDevice(7);
  const rankOf = (value: string) => visitor({ headers: { cookie: `a=b; known-device=${value}; c=d` } }).rank;
  expect(rankOf(device)).toBe("trusted");
  expect(deviceOf(`known-device=${device}`)).toMatchObject({ userId: 7 });
  for (const forged of [
    device.replace(/^7/, "8"),
    `${device.slice(0, -1)}!`,
    "7.9999999999.aaaaaaaaaaaa.x",
    "",
  ]) {
    expect(rankOf(forged)).toBe("stranger");
  }
  vi.useFakeTimers({ now: Date.now() + (DEVICE_SECONDS + 1) * 1_000, toFake: ["Date"] });
  expect(rankOf(device)).toBe("stranger");
  vi.useRealTimers();
});

test("an API token is trusted from its creation on, and makes its address familiar", async () => {
  const { token } = await createToken({ actor: SYSTEM_ACTOR, input: { name: "crm", role: "viewer" } });
  const headers = { authorization: `Bearer ${token}` };
  const from = "198.51.100.2";
  expect(visitor({ from }).rank).toBe("stranger");
  await authenticateToken(headers.authorization, from);
  expect(visitor({ headers, from: "198.51.100.3" }).rank).toBe("trusted");
  expect(visitor({ from }).rank).toBe("familiar");
  expect(visitor({ headers: { authorization: "Bearer guess" } }).rank).toBe("stranger");
});

test("after a start a token that exists is trusted before its first use; one that was revoked is not", async () => {
  const rankOf = (token: string) => visitor({ headers: { authorization: `Bearer ${token}` } }).rank;
  const row = { role: "viewer", created_by: "a test" };
  await insertToken(db(), { ...row, ...storedForm("good"), name: "good" });
  await insertToken(db(), { ...row, ...storedForm("bad"), name: "bad", revoked_at: new Date() });
  expect(rankOf("good")).toBe("stranger");
  await recallVisitors();
  expect(rankOf("good")).toBe("trusted");
  expect(rankOf("bad")).toBe("stranger");
});

test("the addresses that users signed in from are known again after a start", async () => {
  const user = await insertUser(db(), {
    email: "a@example.com",
    name: "A",
    role: "viewer",
    password_hash: "",
  });
  const session = {
    id: crypto.randomUUID(),
    user_id: user?.id ?? 0,
    client_ip: "198.51.100.4",
    user_agent: null,
  };
  await insertSession(db(), session, SESSION_LIFE);
  expect(isFamiliarAddress("198.51.100.4")).toBe(false);
  await recallVisitors();
  expect(isFamiliarAddress("198.51.100.4")).toBe(true);
});

describe("Inngest", () => {
  const url = "/api/inngest?fnId=x";

  test("goes before strangers with a signature, and passes at once when one was good", () => {
    const headers = { "x-inngest-signature": "t=1&s=2" };
    expect(visitor({ url, from: "198.51.100.5" }).rank).toBe("stranger");
    expect(visitor({ url, headers, from: "198.51.100.5" }).rank).toBe("familiar");
    noteInngestAddress("198.51.100.5");
    expect(visitor({ url, headers, from: "198.51.100.5" }).rank).toBe("engine");
    expect(visitor({ from: "198.51.100.5" }).rank).toBe("stranger");
  });

  test.each([
    ["1", "engine"],
    ["http://127.0.0.1:8288", "engine"],
    ["0", "stranger"],
    ["false", "stranger"],
  ])(
    "signs nothing in dev mode only: with INNGEST_DEV=%s a caller without a signature is: %s",
    (setting, rank) => {
      vi.stubEnv("INNGEST_DEV", setting);
      forgetEnv();
      expect(visitor({ url, from: "198.51.100.6" }).rank).toBe(rank);
      vi.unstubAllEnvs();
      forgetEnv();
    },
  );
});

test("the metrics' token is trusted", () => {
  vi.stubEnv("METRICS_TOKEN", "a-token-for-the-metrics");
  forgetEnv();
  const headers = { authorization: "Bearer a-token-for-the-metrics" };
  expect(visitor({ headers, url: "/api/metrics" }).rank).toBe("trusted");
  vi.unstubAllEnvs();
  forgetEnv();
});
