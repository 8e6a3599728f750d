import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";

type Registration = typeof import("./registration");
type Registered = { url: string; functions: { id: string; triggers: { cron?: string }[] }[] };

const PACE = { afterFailureMs: 5, atMostMs: 20, afterSuccessMs: 20 };

/** What Inngest's register endpoint answers next; 200 when nothing is scripted. */
let answers: number[];
let registered: Registered[];
/** Whether it knew none of the functions, or others. */
let isNews: boolean;
let inngest: http.Server;
let stop: () => void;

beforeEach(async () => {
  answers = [];
  registered = [];
  isNews = false;
  stop = () => {};
  inngest = http.createServer(async (request, response) => {
    const body = (await json(request)) as Registered;
    const status = answers.shift() ?? 200;
    if (status === 200 && request.url?.startsWith("/fn/register")) registered.push(body);
    response.statusCode = status;
    response.end(JSON.stringify(status === 200 ? { ok: true, modified: isNews } : { error: "not now" }));
  });
  await once(inngest.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  stop();
  vi.unstubAllEnvs();
  forgetEnv();
  inngest.close();
  inngest.closeAllConnections();
});

async function load(settings: Record<string, string>) {
  vi.resetModules();
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const registration = await import("./registration");
  registration.stopRegistering();
  stop = registration.stopRegistering;
  return registration;
}

/** Resolves when Inngest has taken the functions. */
function learned({ keepRegistered }: Registration, onLearned = () => {}): Promise<void> {
  return new Promise((resolve) => {
    keepRegistered({
      pace: PACE,
      onLearned: () => {
        onLearned();
        resolve();
      },
    });
  });
}

function address(): string {
  return `http://127.0.0.1:${(inngest.address() as AddressInfo).port}`;
}

function hosted(settings: Record<string, string> = { INNGEST_SERVE_ORIGIN: "http://app:3000" }) {
  const keys = { INNGEST_DEV: "0", INNGEST_EVENT_KEY: "e", INNGEST_SIGNING_KEY: "0011223344556677" };
  return load({ ...keys, INNGEST_BASE_URL: address(), ...settings });
}

test("it is ready when Inngest has taken the functions at the pinned address, and says why not before", async () => {
  const registration = await hosted();
  const { registrationState } = registration;
  answers = [500, 401, 400];
  const seen = new Set<string>();
  const taken = learned(registration);
  expect(registrationState()).toEqual({ isReady: false, fault: "Inngest is being told of the functions." });
  while (registered.length === 0) {
    const { isReady, fault } = registrationState();
    if (!isReady) seen.add(fault ?? "");
    await new Promise((resolve) => setImmediate(resolve));
  }
  await taken;
  expect(registrationState()).toEqual({ isReady: true, fault: null });
  expect([...seen].join("\n")).toContain("Inngest answered 401");
  expect([...seen].join("\n")).toContain("look at INNGEST_BASE_URL and INNGEST_SIGNING_KEY");
  expect(registered[0]?.url).toContain("http://app:3000/api/inngest");
  expect(registered[0]?.functions.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["iiko-webhooks-dispatch-order-event", "iiko-webhooks-deliver-webhook"]),
  );
});

test("an Inngest that has forgotten the functions is told again, and one that is away makes nothing unready", async () => {
  const registration = await hosted();
  const { registrationState } = registration;
  let learnings = 0;
  await learned(registration, () => {
    learnings += 1;
  });
  await vi.waitFor(() => expect(registered.length).toBeGreaterThanOrEqual(3));
  expect(learnings).toBe(1);
  isNews = true;
  await vi.waitFor(() => expect(learnings).toBeGreaterThanOrEqual(2));
  isNews = false;
  answers = Array<number>(200).fill(503);
  await vi.waitFor(() => expect(registrationState().fault).toContain("Inngest answered 503"));
  expect(registrationState().isReady).toBe(true);
  answers = [];
  await vi.waitFor(() => expect(registrationState().fault).toBeNull());
});

test("without an address to register it is never ready, and names the settings", async () => {
  const { keepRegistered, registrationState } = await hosted({});
  keepRegistered({ onLearned: () => {}, pace: PACE });
  expect(registrationState()).toEqual({
    isReady: false,
    fault: expect.stringContaining("set INNGEST_SERVE_ORIGIN"),
  });
  expect(registered).toEqual([]);
});

test("a dev server finds the functions by itself, unless it is to be told an address", async () => {
  const alone = await load({ INNGEST_DEV: address() });
  await learned(alone);
  expect([alone.registrationState(), registered]).toEqual([{ isReady: true, fault: null }, []]);
  forgetEnv();
  const told = await load({
    INNGEST_DEV: address(),
    INNGEST_SERVE_ORIGIN: "http://host.docker.internal:3000",
  });
  await learned(told);
  expect(registered[0]?.url).toContain("http://host.docker.internal:3000/api/inngest");
});

test("scheduled work is due every minute on a server of one's own, and every five on Inngest Cloud, which counts", async () => {
  await learned(await hosted());
  expect(
    registered[0]?.functions.flatMap(({ triggers }) => triggers.flatMap(({ cron }) => cron ?? [])),
  ).toEqual(["* * * * *"]);
  stop();
  forgetEnv();
  const cloud = await hosted({ INNGEST_BASE_URL: "", INNGEST_SERVE_ORIGIN: "https://hooks.example" });
  vi.stubEnv("INNGEST_API_BASE_URL", address());
  registered = [];
  await learned(cloud);
  expect(
    registered[0]?.functions.flatMap(({ triggers }) => triggers.flatMap(({ cron }) => cron ?? [])),
  ).toEqual(["*/5 * * * *"]);
});
