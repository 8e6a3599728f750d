import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noteInngestAddress } from "@/lib/auth/visitors";
import { forgetEnv } from "@/lib/env";
import { createEdgeServer } from "@/scripts/edge/server.mjs";

const SIGNING_KEY = "00112233445566778899aabbccddeeff";
let registered: string[];
let inngest: http.Server;

beforeEach(async () => {
  registered = [];
  // Inngest's end of the registration: only what it is told matters here.
  inngest = http.createServer(async (request, response) => {
    const { url } = (await json(request)) as { url: string };
    registered.push(url);
    response.end(JSON.stringify({ ok: true, status: 200, modified: true }));
  });
  await once(inngest.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
  inngest.close();
});

async function route(settings: Record<string, string>) {
  vi.resetModules();
  vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${(inngest.address() as AddressInfo).port}`);
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  return import("./route");
}

function put({ body = "", headers = {} }: { body?: string; headers?: Record<string, string> } = {}) {
  return new NextRequest("http://localhost:3000/api/inngest", {
    method: "PUT",
    headers: { host: "evil.example", "x-forwarded-host": "evil.example", ...headers },
    body,
  });
}

/** As Inngest signs: the body and the time, under the key (inngest/helpers, RequestSignature). */
function signed(body: string): Record<string, string> {
  const time = Math.round(Date.now() / 1000).toString();
  const signature = createHmac("sha256", SIGNING_KEY).update(body).update(time).digest("hex");
  return { "x-inngest-signature": `t=${time}&s=${signature}` };
}

const KEYS = { INNGEST_DEV: "0", INNGEST_SIGNING_KEY: SIGNING_KEY, INNGEST_EVENT_KEY: "e" };
const APP_URL = "https://hooks.example";

test("a stranger registers nothing, pinned or not, and learns nothing", async () => {
  const pinned = await route({ ...KEYS, APP_URL });
  const strangers: Record<string, string>[] = [
    {},
    { "x-inngest-signature": "t=1&s=00" },
    { "x-inngest-sync-kind": "in_band" },
  ];
  for (const headers of strangers) {
    expect((await pinned.PUT(put({ headers }))).status).toBe(401);
  }
  const asked = await pinned.GET(new NextRequest("http://localhost:3000/api/inngest"));
  expect([asked.status, await asked.text()]).toEqual([401, '{"message":"Unauthorized"}']);
  expect(registered).toEqual([]);
});

test("without an address to register, nothing is, and the refusal names the setting", async () => {
  const unpinned = await route(KEYS);
  const refused = await unpinned.PUT(put({ body: "{}", headers: signed("{}") }));
  expect(refused.status).toBe(409);
  expect(await refused.text()).toContain("set INNGEST_SERVE_ORIGIN or APP_URL");
  expect(registered).toEqual([]);
});

test.each([
  [{ APP_URL }, `${APP_URL}/api/inngest`],
  [{ APP_URL, INNGEST_SERVE_ORIGIN: "http://app:3000" }, "http://app:3000/api/inngest"],
])("with %j Inngest, which signs, has %s registered whatever the Host says", async (settings, url) => {
  const { PUT } = await route({ ...KEYS, ...settings });
  const outOfBand = await PUT(put({ body: "{}", headers: signed("{}") }));
  expect(outOfBand.status, await outOfBand.clone().text()).toBe(200);
  expect(registered).toEqual([expect.stringContaining(url)]);
  const body = JSON.stringify({ url: "https://evil.example/api/inngest" });
  const inBand = await PUT(put({ body, headers: { ...signed(body), "x-inngest-sync-kind": "in_band" } }));
  const { url: told, functions } = (await inBand.json()) as { url: string; functions: object[] };
  expect(told).toContain(url);
  expect(JSON.stringify(functions)).not.toContain("evil.example");
});

test("in dev mode the dev server registers the address that it reached, signing nothing", async () => {
  const { PUT } = await route({ INNGEST_DEV: process.env.INNGEST_BASE_URL ?? "1", APP_URL });
  const answer = await PUT(put({ headers: { host: "127.0.0.1:3000" } }));
  expect(answer.status, await answer.clone().text()).toBe(200);
  expect(registered).toEqual([expect.stringContaining("127.0.0.1:3000/api/inngest")]);
});

test("what comes from where Inngest calls from goes without Next's way, signed or refused; a stranger waits with the crowd", async () => {
  const functions = await route({ ...KEYS, APP_URL });
  const { answerDirectly } = await import("@/app/direct-answers");
  const server = createEdgeServer({
    appUrl: undefined,
    handle: (request: http.IncomingMessage, response: http.ServerResponse) =>
      answerDirectly(request, response) ?? response.writeHead(404).end("Next's"),
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest?fnId=iiko-webhooks-none&stepId=step`;
  // In the order in which it is signed (RFC 8785).
  const body = JSON.stringify({ ctx: {}, event: { name: "Заказ" }, events: [], steps: {}, version: 1 });
  // Of its own in each run, as the process remembers it.
  const address = `2001:db8::${randomBytes(2).toString("hex")}`;
  const call = (headers: Record<string, string>) =>
    fetch(url, { method: "POST", body, headers: { ...headers, "x-forwarded-for": address } });
  try {
    const stranger = await call(signed(body));
    expect([stranger.status, await stranger.text()]).toEqual([404, "Next's"]);
    noteInngestAddress(address);
    const known = await call(signed(body));
    const byNext = await functions.POST(
      new NextRequest(url, { method: "POST", body, headers: signed(body) }),
    );
    expect([known.status, await known.json()]).toMatchObject([
      byNext.status,
      { message: expect.any(String) },
    ]);
    expect(known.headers.get("x-inngest-sdk")).toBe(byNext.headers.get("x-inngest-sdk"));
    expect((await call(signed("{}"))).status).toBe(401);
    expect((await call({})).status).toBe(401);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
