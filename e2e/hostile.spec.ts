import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "@playwright/test";
import {
  answer,
  type Behaviour,
  drip,
  flood,
  gzipBomb,
  hang,
  manyHeaders,
  rawBytes,
  redirect,
  reset,
  resetMidBody,
} from "@/lib/outbound/testing/behaviours";
import { makeAuthority, makeCertificate } from "@/lib/outbound/testing/certificate";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, removeWebhooks, sendEvents } from "./support/api";
import { makeDataDir } from "./support/database";
import { figure, IS_SOAK, residentMiB, watchMemory } from "./support/figures";
import { freePort } from "./support/free-port";
import { makeEvent } from "./support/orders";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created, type Json } from "./support/test";

const MIB = 1024 * 1024;
const DAY_MS = 86_400_000;
const EVENTS = IS_SOAK ? 1_000 : 50;
const MEMORY_ROOM_MIB = 200;

const authority = makeAuthority();
const trusted = (names: string[], dates = {}) => makeCertificate({ names, issuer: authority, ...dates });
const yesterday = { notBefore: new Date(Date.now() - 9 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) };

let dataDir: string;
let product: Product;
let api: Api;
const receivers: Receiver[] = [];

test.beforeAll(async () => {
  dataDir = await makeDataDir();
  const authorityFile = path.join(dataDir, "authority.pem");
  await writeFile(authorityFile, authority.cert);
  product = await startProduct({
    dataDir,
    env: { OUTBOUND_ALLOW: "127.0.0.1", NODE_EXTRA_CA_CERTS: authorityFile },
  });
  api = createApi({ url: product.url, token: ACCESS.apiToken });
});
test.afterEach(async () => {
  await removeWebhooks(api);
  for (const receiver of receivers.splice(0)) await receiver.close();
});
test.afterAll(async () => {
  await product.stop();
  await rm(dataDir, { recursive: true, force: true });
});

type Ending = { url: () => Promise<string>; success?: boolean; status?: number | null; says: RegExp | null };

const ENDINGS: Record<string, Ending> = {
  "never answers": {
    url: behaving(hang()),
    status: null,
    says: /took the request but did not answer within 5000 ms/,
  },
  "drips a byte a second": {
    url: behaving(drip({ everyMs: 1_000 })),
    status: 200,
    says: /began to answer but did not finish within 5000 ms/,
  },
  "sends 100 MB": { url: behaving(flood(100 * MIB)), success: true, status: 200, says: null },
  "sends a gzip bomb of 200 MB": {
    url: behaving(gzipBomb(200 * MIB)),
    success: true,
    status: 200,
    says: null,
  },
  "redirects to the metadata address": {
    url: behaving(redirect("http://169.254.169.254/latest/meta-data/")),
    status: 302,
    says: /pointed to http:\/\/169\.254\.169\.254\/latest\/meta-data\/\. Redirects are not followed/,
  },
  "sends 1000 headers": {
    url: behaving(manyHeaders(1_000)),
    status: null,
    says: /more than 16 KiB of headers/,
  },
  "resets the connection": {
    url: behaving(reset()),
    status: null,
    says: /closed the connection without an answer/,
  },
  "resets it in the middle of the body": {
    url: behaving(resetMidBody()),
    status: 200,
    says: /closed the connection in the middle of its answer/,
  },
  "does not speak HTTP": {
    url: behaving(rawBytes("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
    status: null,
    says: /did not answer in proper HTTP/,
  },
  "refuses the connection": {
    url: async () => `http://127.0.0.1:${await freePort()}/`,
    status: null,
    says: /refused the connection: nothing listens/,
  },
  "has a name that does not exist": {
    url: async () => "http://no-such-host.invalid/",
    status: null,
    says: /could not be resolved/,
  },
  "has a self-signed certificate": {
    url: secured(makeCertificate({ names: ["127.0.0.1"] })),
    status: null,
    says: /certificate of .* is self-signed/,
  },
  "has an expired certificate": {
    url: secured(trusted(["127.0.0.1"], yesterday)),
    status: null,
    says: /certificate of .* has expired/,
  },
  "has a certificate for another name": {
    url: secured(trusted(["other.example"])),
    status: null,
    says: /certificate of .* is for another name/,
  },
  "has a good certificate": { url: secured(trusted(["127.0.0.1"])), success: true, status: 200, says: null },
};

test(`each of ${Object.keys(ENDINGS).length} receivers ends as one logged attempt that says what happened: ${Object.keys(ENDINGS).join("; ")}`, async () => {
  const ids = new Map<string, number>();
  for (const [what, { url }] of Object.entries(ENDINGS)) {
    ids.set(what, await addWebhook({ name: what, webhook_url: await url() }));
  }
  await send([makeEvent()]);
  for (const [what, { success = false, status, says }] of Object.entries(ENDINGS)) {
    const [attempt] = await attemptsOf({ webhookId: ids.get(what) ?? 0, count: 1 });
    expect(attempt, what).toMatchObject({ success, response_status: status });
    if (says) expect(attempt?.error_message, what).toMatch(says);
    else expect(attempt?.error_message, what).toBeNull();
    const { body } = await api.get(`/outgoing-webhook-logs/${attempt?.id}`);
    const kept = String((body as Json).response_body ?? "");
    expect(kept.length, what).toBeLessThanOrEqual(16 * 1024);
  }
});

test("a webhook whose requests all hang holds up nobody: another gets every event meanwhile", async () => {
  let open = 0;
  const hanging = await started((response) => {
    open += 1;
    response.once("close", () => {
      open -= 1;
    });
  });
  const healthy = await started(answer(200));
  await addWebhook({ name: "hangs", webhook_url: hanging.url, timeout_seconds: 300 });
  await addWebhook({ name: "works", webhook_url: healthy.url });
  await send(Array.from({ length: EVENTS }, () => makeEvent()));
  await hanging.waitFor(8);
  await healthy.waitFor(EVENTS);
  expect({ open, seen: hanging.requests.length }, "eight at once, and none of them has ended").toEqual({
    open: 8,
    seen: 8,
  });
});

test(`memory stays flat while receivers send 100 MB, gzip bombs, 1000 headers and resets, ${EVENTS} times each`, async () => {
  test.setTimeout(IS_SOAK ? 600_000 : 90_000);
  const hostile = {
    flood: behaving(flood(100 * MIB)),
    bomb: behaving(gzipBomb(200 * MIB)),
    headers: behaving(manyHeaders(1_000)),
    reset: behaving(resetMidBody()),
  };
  const ids: number[] = [];
  for (const [name, url] of Object.entries(hostile))
    ids.push(await addWebhook({ name, webhook_url: await url() }));
  await send([makeEvent()]);
  for (const webhookId of ids) await attemptsOf({ webhookId, count: 1 });

  const before = residentMiB(product.pid);
  const memory = watchMemory(product.pid);
  await send(Array.from({ length: EVENTS - 1 }, () => makeEvent()));
  for (const webhookId of ids) await totalSent({ webhookId, count: EVENTS });
  const peak = memory.stop();
  if (before !== null && peak !== null) expect(peak - before).toBeLessThan(MEMORY_ROOM_MIB);
  figure(`Hostile receivers × ${EVENTS}: ${before} MiB before, ${peak} MiB at the peak`);
});

function behaving(behaviour: Behaviour): () => Promise<string> {
  return async () => (await started(behaviour)).url;
}

function secured(certificate: { key: string; cert: string }): () => Promise<string> {
  return async () => {
    const receiver = await startReceiver({ certificate });
    receivers.push(receiver);
    return receiver.url;
  };
}

async function started(behaviour: Behaviour): Promise<Receiver> {
  const receiver = await startReceiver({ behaviour });
  receivers.push(receiver);
  return receiver;
}

async function addWebhook(fields: Json): Promise<number> {
  const defaults = { retry_count: 0, timeout_seconds: 5 };
  return created(await api.post("/outgoing-webhooks", { ...defaults, ...fields })).id;
}

async function send(events: unknown[]): Promise<void> {
  const sent = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
  expect(sent.status).toBe(200);
}

type Counted = { webhookId: number; count: number };

async function attemptsOf({ webhookId, count }: Counted): Promise<Json[]> {
  const read = async () => (await api.get(`/outgoing-webhooks/${webhookId}/logs`)).body as Json[];
  await expect.poll(async () => (await read()).length, { timeout: 60_000 }).toBe(count);
  return read();
}

async function totalSent({ webhookId, count }: Counted): Promise<void> {
  const read = async () => ((await api.get(`/outgoing-webhooks/${webhookId}`)).body as Json).total_sent;
  await expect.poll(read, { timeout: IS_SOAK ? 500_000 : 60_000 }).toBe(count);
}
