import { setTimeout as sleep } from "node:timers/promises";
import { sendEvents } from "./support/api";
import { figure, IS_SOAK } from "./support/figures";
import { type Shot, startFlood } from "./support/flood";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product } from "./support/product";
import { actionId, readCsrf, signIn } from "./support/session";
import { expect, test } from "./support/test";

const ADDRESSES = 200;
const FLOOD_MS = IS_SOAK ? 10_000 : 4_000;
const QUIET_MS = IS_SOAK ? 3_000 : 1_000;
const SIGN_IN_EVERY_MS = IS_SOAK ? 4_000 : 2_000;

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_BODY = { "content-type": "application/json" };

type Kind = {
  shots: (product: Product) => Promise<Shot[]> | Shot[];
  isForwarded?: boolean;
  /** In the soak only. */
  isLong?: boolean;
  statuses: number[];
};

const KINDS: Record<string, Kind> = {
  "wrong passwords, told by a proxy": { shots: guesses, isForwarded: true, statuses: [401, 429] },
  "wrong passwords": { shots: guesses, isLong: true, statuses: [401, 429] },
  "wrong codes of two-step sign-in": {
    shots: (product) => guesses(product, { code: "000000" }),
    isLong: true,
    statuses: [401, 429],
  },
  "wrong present passwords of a session": {
    shots: async ({ url }) => {
      const { cookie } = await signIn({ url });
      const input = { current_password: "guess", new_password: "correct horse battery staple 2" };
      return [action({ url, name: "changePasswordAction", input, cookie })];
    },
    isLong: true,
    statuses: [200],
  },
  "server actions without a session": {
    shots: ({ url }) => [action({ url, name: "createTokenAction" })],
    statuses: [200, 429],
  },
  "the sign-in page": {
    shots: () => [{ method: "GET", path: "/sign-in" }],
    isLong: true,
    statuses: [200, 429],
  },
  "what next-auth answers anybody": {
    shots: () =>
      ["csrf", "session", "providers"].map((name) => ({ method: "GET", path: `/api/auth/${name}` })),
    isLong: true,
    statuses: [200, 429],
  },
  "pages that are not there": {
    shots: () => [{ method: "GET", path: "/nope" }],
    isLong: true,
    statuses: [404, 429],
  },
  "wrong API tokens": {
    shots: () => [
      { method: "GET", path: "/api/v1/outgoing-webhooks", headers: { authorization: "Bearer no" } },
    ],
    isLong: true,
    statuses: [401, 429],
  },
  "order events with wrong API tokens": {
    shots: () => [eventTo("/api/v1/events", { authorization: "Bearer no" })],
    isLong: true,
    statuses: [401, 429],
  },
  "order events with a wrong event key": {
    shots: () => [eventTo("/e/wrong")],
    isLong: true,
    statuses: [401],
  },
  "iiko's messages with a wrong event key": {
    shots: () => [eventTo("/iiko/wrong")],
    isLong: true,
    statuses: [401],
  },
  "unsigned calls of Inngest's": {
    shots: () => [{ method: "PUT", path: "/api/inngest", headers: JSON_BODY, body: "{}" }],
    isLong: true,
    statuses: [401, 404, 429],
  },
  "questions for the health": {
    shots: () => [
      { method: "GET", path: "/api/health" },
      { method: "GET", path: "/api/health/ready" },
    ],
    isLong: true,
    statuses: [200],
  },
};

for (const [name, kind] of Object.entries(KINDS)) {
  test(`a flood of ${name} from 200 addresses neither locks the admin out nor holds up the intake`, async ({
    product,
  }) => {
    test.skip(Boolean(kind.isLong) && !IS_SOAK, "in the soak");
    const { url } = product;
    const headers: Record<string, string> = kind.isForwarded ? { "x-forwarded-for": "203.0.113.7" } : {};
    const admin = { url, headers };
    // After the flood before, an address that is not known yet may have to wait for its turn.
    await expectIn(admin);
    const quiet = await measureIntake({ url, until: sleep(QUIET_MS) });
    const shots = await kind.shots(product);
    const flood = startFlood({ url, addresses: ADDRESSES, isForwarded: Boolean(kind.isForwarded), shots });
    const entering = signInRepeatedly(admin);
    const flooded = await measureIntake({ url, until: entering });
    const { answers, lacksRetryAfter } = await flood.stop();
    for (const status of Object.keys(answers)) expect(kind.statuses, status).toContain(Number(status));
    expect(lacksRetryAfter).toBe(0);
    const told = Object.entries(answers).map(([status, count]) => `${count} × ${status}`);
    figure(
      `${name}, ${FLOOD_MS / 1_000} s: ${told.join(", ")}; the admin in after ${(await entering).join(", ")} ms; ` +
        `an event taken in: ${inWords(flooded)} (quiet: ${inWords(quiet)})`,
    );
  });
}

type Measured = { median: number; p95: number; slowest: number };

function inWords({ median, p95, slowest }: Measured): string {
  return `median ${median.toFixed(1)}, p95 ${p95.toFixed(1)}, slowest ${slowest.toFixed(0)} ms`;
}

/** Sends one event after another, each of which must be accepted, until `until` is done. */
async function measureIntake(input: { url: string; until: Promise<unknown> }): Promise<Measured> {
  const tookMs: number[] = [];
  let isOver = false;
  const ended = input.until.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const startedAt = performance.now();
    const { status } = await sendEvents({ url: input.url, eventKey: ACCESS.eventKey, events: makeEvent() });
    expect(status).toBe(200);
    tookMs.push(performance.now() - startedAt);
    await sleep(20);
  }
  await ended;
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(tookMs.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95), slowest: at(1) };
}

/** On a machine that is slow enough the admin is told to try again in some seconds, and is let in then. */
async function expectIn(admin: Parameters<typeof signIn>[0]): Promise<void> {
  const isIn = async () => (await signIn(admin)).cookie !== "";
  await expect.poll(isIn, { message: "the admin is let in", timeout: 60_000 }).toBe(true);
}

/** How long each sign-in took, in ms. */
async function signInRepeatedly(admin: Parameters<typeof signIn>[0]): Promise<number[]> {
  const entered: number[] = [];
  for (let sinceMs = 0; sinceMs < FLOOD_MS; sinceMs += SIGN_IN_EVERY_MS) {
    await sleep(SIGN_IN_EVERY_MS);
    const startedAt = performance.now();
    await expectIn(admin);
    entered.push(Math.round(performance.now() - startedAt));
  }
  return entered;
}

/** Every other address guesses at the admin, the others at people who do not exist. */
async function guesses({ url }: Product, more: Record<string, string> = {}): Promise<Shot[]> {
  const { cookie, csrfToken } = await readCsrf(url);
  return [ACCESS.adminEmail, "nobody{n}@example.com"].map((email) => ({
    method: "POST",
    path: "/api/auth/callback/credentials",
    headers: { ...FORM, cookie },
    body: Object.entries({ csrfToken, email, password: "guess", json: "true", ...more })
      .map(([key, value]) => `${key}=${value}`)
      .join("&"),
  }));
}

type Call = { url: string; name: string; input?: unknown; cookie?: string };

function action({ url, name, input = {}, cookie = "" }: Call): Shot {
  const type = "text/plain;charset=UTF-8";
  const headers = { "next-action": actionId(name), "content-type": type, origin: url, cookie };
  return { method: "POST", path: "/webhooks", headers, body: JSON.stringify([input]) };
}

function eventTo(path: string, headers: Record<string, string> = {}): Shot {
  return { method: "POST", path, headers: { ...JSON_BODY, ...headers }, body: JSON.stringify(makeEvent()) };
}
