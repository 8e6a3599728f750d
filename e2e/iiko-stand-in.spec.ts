import { createHash, randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import fc from "fast-check";
import { anyIikoMessage } from "@/lib/orders/iiko/testing/any-message";
import { cloudMessage, sampleText } from "@/lib/orders/iiko/testing/samples";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { PAYLOAD_FORMATS } from "@/lib/payloads/build";
import { hasPyiikocloudapi, readWithPyiikocloudapi } from "@/lib/payloads/testing/pyiikocloudapi";
import { type Api, createApi, sendIikoMessages } from "./support/api";
import { type Database, makeDatabase } from "./support/database";
import { register } from "./support/engine";
import { figure } from "./support/figures";
import { freePort } from "./support/free-port";
import { INNGEST_BINARY, type InngestServer, startInngest } from "./support/inngest-server";
import { ACCESS, type Product, startProduct } from "./support/product";
import { created, type Json } from "./support/test";

const MIB = 1024 * 1024;
/** Two processes take the same messages at the same time; a dev server of Inngest's takes its time with deliveries. */
const SITUATIONS = [
  { name: "PGlite", database: "PGlite", processes: 1, variations: 300 },
  { name: "Postgres, two processes", database: "Postgres", processes: 2, variations: 300 },
  { name: "Inngest", database: "PGlite", processes: 1, variations: 60 },
] as const;
const AT_ONCE = 150;

for (const { name, processes, variations, ...situation } of SITUATIONS) {
  test.describe(`a stand-in for iiko, ${name}`, () => {
    let database: Database;
    let receiver: Receiver;
    let inngest: InngestServer | null = null;
    const products: Product[] = [];

    test.beforeEach(async () => {
      test.skip(name === "Inngest" && !INNGEST_BINARY, "INNGEST_TEST_BINARY names no program");
      test.setTimeout(300_000);
      database = await makeDatabase(situation.database);
      receiver = await startReceiver();
      const { dataDir, env } = database;
      const port = await freePort();
      if (name === "Inngest") {
        const productUrl = `http://127.0.0.1:${port}`;
        inngest = await startInngest({ kind: "dev", folder: dataDir, productUrl });
      }
      const engine: Record<string, string> = inngest ? { INNGEST_DEV: inngest.url } : {};
      for (let left: number = processes; left > 0; left -= 1) {
        const ownPort = left === processes ? port : await freePort();
        products.push(await startProduct({ dataDir, port: ownPort, env: { ...env, ...engine } }));
      }
      if (inngest && products[0]) await register(products[0]);
    });
    test.afterEach(async () => {
      for (const product of products.splice(0)) await product.stop();
      await inngest?.kill();
      inngest = null;
      await receiver?.close();
      await database?.remove();
    });

    test("hundreds of variations are all taken, each becomes one event at most and goes on in all four formats", async () => {
      const api = createApi({ url: products[0]?.url ?? "", token: ACCESS.apiToken });
      for (const format of PAYLOAD_FORMATS) await addWebhook({ api, receiver, format });
      const texts = allTexts(variations);
      const outcomes = [];
      for (let at = 0; at < texts.length; at += AT_ONCE) {
        const some = texts.slice(at, at + AT_ONCE);
        const answers = await Promise.all([...products, ...products].map(({ url }) => post(url, some)));
        outcomes.push(...some.map((_, index) => answers.map((told) => told[index] ?? "")));
      }
      // Of the same message that came several times at once, exactly one was new.
      const fresh = outcomes.map((told) => told.filter((outcome) => outcome !== "repeated"));
      expect(fresh.filter(({ length }) => length !== 1)).toEqual([]);
      const again = await post(products.at(-1)?.url ?? "", texts.toReversed());
      expect(new Set(again)).toEqual(new Set(["repeated"]));

      const accepted = await listAccepted(api);
      const events = fresh.filter(([outcome]) => outcome === "event").length;
      expect(accepted.length).toBeGreaterThan(texts.length / 3);
      expect(accepted.length).toBeLessThanOrEqual(events);
      const bodies = await bodiesByFormat({ receiver, count: accepted.length });
      const eventIds = new Set(accepted.map(({ id }) => id));
      const fromCloud = texts.filter((text) => isOfCloud(text) && eventIds.has(eventIdOf(text)));
      const native = bodies.iiko_cloud_native ?? [];
      const asItCame = new Set(fromCloud.map((text) => `[${text}]`));
      expect(native.filter((body) => asItCame.has(body))).toHaveLength(fromCloud.length);
      if (hasPyiikocloudapi) expectReadable({ built: native.filter((body) => !asItCame.has(body)) });
      figure(
        `${name}: ${texts.length} messages of iiko's, ${accepted.length} events, ` +
          `${fromCloud.length} of them native byte for byte, ${accepted.length * 4} deliveries`,
      );
    });

    test("an array of 60 MiB holds up neither the panel nor other senders", async () => {
      const [{ url } = { url: "" }] = products;
      const comment = "я".repeat(60_000);
      const large = Array.from({ length: 500 }, () => ownOrder({ order: { comment } }));
      let isTaken = false;
      const taking = post(url, large).finally(() => {
        isTaken = true;
      });
      const small: string[] = [];
      while (!isTaken) {
        small.push(...(await post(url, [ownOrder({})])));
        expect((await fetch(`${url}/api/health`)).status).toBe(200);
      }
      expect(new Set(await taking)).toEqual(new Set(["event"]));
      expect(small.length).toBeGreaterThan(1);
      expect(new Set(small)).toEqual(new Set(["event"]));
      figure(`${name}: while an array of 60 MiB was taken, ${small.length} small messages were`);
    });
  });
}

async function addWebhook({ api, receiver, format }: { api: Api; receiver: Receiver; format: string }) {
  const webhook = {
    name: format,
    webhook_url: `${receiver.url}/${format}`,
    payload_format: format,
    send_on_order_cancelled: true,
  };
  created(await api.post("/outgoing-webhooks", webhook));
}

async function post(url: string, texts: string[]): Promise<string[]> {
  const answer = await sendIikoMessages({ url, eventKey: ACCESS.eventKey, texts, timeoutMs: 120_000 });
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
  const { outcomes } = answer.body as { outcomes: string[] };
  expect(outcomes).toHaveLength(texts.length);
  return outcomes;
}

/** The samples, what iiko is known to send, and what it never should; each once. */
function allTexts(count: number): string[] {
  const id = randomUUID();
  const known = [
    sampleText("delivery-order-update.json").trim().slice(1, -1),
    sampleText("delivery-order-error.json").trim().slice(1, -1),
    sampleText("soi-update.json").trim(),
    ...["Unconfirmed", "WaitCooking", "Frozen", "Waiting", "OnWay", "Delivered", "Closed", "Cancelled"].map(
      (status, at) => cloudMessage({ order: { status }, info: { id, timestamp: 1_771_072_124_731 + at } }),
    ),
    ownOrder({ info: { creationStatus: "Error", order: null, errorInfo: { code: "Common" } } }),
    ownOrder({ envelope: { eventType: "KitchenOrderUpdate" } }),
    ownOrder({ envelope: { eventType: "TableOrderUpdate" }, order: { status: "Bill" } }),
    ownOrder({ order: { comment: "я".repeat(2.5 * MIB) } }),
    ownOrder({ order: { comment: "a".repeat(2 * MIB) } }),
    JSON.stringify({ eventType: "StopListUpdate", eventInfo: {} }),
    JSON.stringify({ type: "CREATE", orderExternalId: "soi-1", iikoOrderDetails: { orderStatus: "ON_WAY" } }),
    ...["null", "1", '"x"', "[]", "{}", "[[[]]]"],
  ];
  const sampled = fc.sample(anyIikoMessage, { numRuns: count, seed: 515 });
  // Several of each order, in whatever order.
  const spread = sampled.map((text, at) => {
    const own = String(Math.floor(at / 3)).padStart(8, "0");
    return text.replaceAll("4b9a7c52", own).replaceAll("20260214", own);
  });
  return [...new Set([...known, ...spread])];
}

function ownOrder({ info, ...changes }: Exclude<Parameters<typeof cloudMessage>[0], undefined>): string {
  return cloudMessage({ ...changes, info: { id: randomUUID(), externalNumber: null, ...info } });
}

function eventIdOf(text: string): string {
  return `iiko-${createHash("sha256").update(text).digest("hex")}`;
}

function isOfCloud(text: string): boolean {
  const value = JSON.parse(text) as Json | null;
  const info = value?.eventInfo;
  return (
    value?.eventType !== undefined || (typeof info === "object" && info !== null && !Array.isArray(info))
  );
}

async function listAccepted(api: Api): Promise<Json[]> {
  const events: Json[] = [];
  let path = "/order-events?state=accepted&limit=500";
  for (;;) {
    const answer = await api.get(path);
    events.push(...(answer.body as Json[]));
    const next = /\/api\/v1([^>]*)>; rel="next"/.exec(answer.headers.get("link") ?? "");
    if (!next?.[1]) return events;
    path = next[1];
  }
}

async function bodiesByFormat({ receiver, count }: { receiver: Receiver; count: number }) {
  const requests = await receiver.waitFor(count * PAYLOAD_FORMATS.length);
  const bodies: Record<string, string[]> = {};
  for (const { path, body } of requests) {
    JSON.parse(body);
    const format = path.slice(1);
    bodies[format] = [...(bodies[format] ?? []), body];
  }
  for (const format of PAYLOAD_FORMATS) expect(bodies[format]).toHaveLength(count);
  return bodies;
}

/** What was built of a message of SOI's has an order in it, whatever the message held. */
function expectReadable({ built }: { built: string[] }): void {
  expect(built.length).toBeGreaterThan(0);
  const read = readWithPyiikocloudapi(built);
  const lost = read.filter(
    ([type, info, number]) => info !== "EventInfo" || (type === "DeliveryOrderUpdate" && number === null),
  );
  expect(lost).toEqual([]);
}
