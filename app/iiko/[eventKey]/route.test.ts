import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { apiAs } from "@/app/api/v1/testing/api";
import { openDatabase } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { startEngine, stopEngine } from "@/inngest/engine";
import { forgetEnv } from "@/lib/env";
import { INTAKE } from "@/lib/openapi/intake";
import { cloudMessage, sampleText } from "@/lib/orders/iiko/testing/samples";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { POST } from "./route";

let database: TestDatabase;
let receiver: Receiver;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
  forgetEnv();
  startEngine(await openDatabase({ dataDir: process.env.DATA_DIR ?? "" }));
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await receiver.close();
  delete process.env.IIKO_AUTH_TOKEN;
  forgetEnv();
});
afterAll(async () => {
  await stopEngine();
  await database.close();
});

type Sending = { body: string | Buffer; eventKey?: string; headers?: Record<string, string> };

async function post({ body, eventKey = "test-event-key", headers = {} }: Sending) {
  const request = new Request("http://api.test/iiko", { method: "POST", headers, body: body as BodyInit });
  const answer = await POST(request, { params: Promise.resolve({ eventKey }) });
  return { status: answer.status, body: (await answer.json()) as { outcomes?: string[] } };
}

async function addWebhook(fields: Record<string, unknown>) {
  const admin = await apiAs("admin");
  const webhook = { name: "iiko", webhook_url: receiver.url, send_on_order_cancelled: true, ...fields };
  expect((await admin("POST", "outgoing-webhooks", webhook)).status).toBe(201);
}

const message = () => cloudMessage({ info: { id: randomUUID(), externalNumber: null } });

test("what iiko Cloud sends is delivered byte for byte, white space between the messages aside", async () => {
  await addWebhook({ payload_format: "iiko_cloud_native" });
  const [one, two] = [message(), message().replace('"sum":1420.5', '"sum": 1420.50')];
  const body = Buffer.from(`\uFEFF[\n ${one} ,\n${two}]\n`);
  expect(await post({ body })).toMatchObject({ status: 200, body: { outcomes: ["event", "event"] } });
  const bodies = (await receiver.waitFor(2)).map((request) => request.body);
  expect(bodies.sort()).toEqual([`[${one}]`, `[${two}]`].sort());
});

test("what SOI sends keeps every field", async () => {
  await addWebhook({ payload_format: "iiko_soi" });
  const sent = { ...JSON.parse(sampleText("soi-update.json")), orderExternalId: randomUUID(), ownField: [1] };
  sent.iikoOrderDetails.iikoOrderId = randomUUID();
  expect((await post({ body: JSON.stringify(sent) })).body.outcomes).toEqual(["event"]);
  const [request] = await receiver.waitFor(1);
  expect(JSON.parse(request?.body ?? "")).toMatchObject(sent);
});

test("the example of the API's description is taken", async () => {
  const example = INTAKE.find(({ path }) => path === "/iiko/{event_key}")?.example;
  expect((await post({ body: JSON.stringify(example) })).body.outcomes).toEqual(["event"]);
});

test.each([
  ["[]", 200, []],
  ["null", 200, ["no_order"]],
  ['[1, "x", {}]', 200, ["no_order", "no_order", "no_order"]],
  ["[1,]", 400, undefined],
  ["", 400, undefined],
  [`[${"0,".repeat(5000)}0]`, 413, undefined],
])("%.20s is answered with %i", async (body, status, outcomes) => {
  const answer = await post({ body });
  expect(answer.status).toBe(status);
  expect(answer.body.outcomes).toEqual(outcomes);
});

const MIB = 1024 * 1024;
const ofMib = (mib: number) =>
  JSON.stringify({ eventType: "StopListUpdate", note: "я".repeat((mib * MIB) / 2) });

test.each([
  ["an array of many MiB", `[${[ofMib(2), message(), ofMib(4), ofMib(2)].join(",")}]`, 200],
  ["one message of 5 MiB", ofMib(5), 200],
  ["a message over 16 MiB", `[${ofMib(17)}]`, 413],
  ["an array of many MiB whose last is no JSON", `[${ofMib(5)},{"a":}]`, 400],
  ["an array of many MiB with more behind it", `[${ofMib(5)}] 1`, 400],
  ["5000 messages", `[${"0,".repeat(4999)}0]`, 200],
])("%s is told what became of it", async (_name, body, status) => {
  expect((await post({ body })).status).toBe(status);
});

test("many large bodies at once are read one after another", async () => {
  const sent = { body: `[${ofMib(3)},${ofMib(3)}]`, headers: { "content-length": String(6 * MIB) } };
  const answers = await Promise.all(Array.from({ length: 6 }, () => post(sent)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
});

test("the key, and IIKO_AUTH_TOKEN where it is set, must come along", async () => {
  expect((await post({ body: message(), eventKey: "wrong" })).status).toBe(401);
  process.env.IIKO_AUTH_TOKEN = "from-iiko";
  forgetEnv();
  const statusWith = async (headers: Record<string, string>) => (await post({ body: "[]", headers })).status;
  expect(await statusWith({})).toBe(401);
  expect(await statusWith({ authorization: "from-iik" })).toBe(401);
  expect(await statusWith({ authorization: "from-iiko" })).toBe(200);
  expect(await statusWith({ authorization: "Bearer from-iiko" })).toBe(200);
  expect(await statusWith({ authToken: "from-iiko" })).toBe(200);
});
