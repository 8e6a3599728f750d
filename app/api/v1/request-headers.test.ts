import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { rows } from "@/db/client";
import { findDeliveries } from "@/db/queries/attempts";
import { findWebhook } from "@/db/queries/current-webhooks";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { sendToWebhook } from "@/lib/deliveries/send-to-webhook";
import { uuid7 } from "@/lib/uuid";
import { apiAs, type Call } from "./testing/api";

let database: TestDatabase;
let server: Server;
let url: string;
let manager: Call;
/** Names and values in turn, as they came over the wire. */
let received: string[][] = [];

beforeAll(async () => {
  vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1");
  database = await openTestDatabase();
  server = createServer((request, response) => {
    received.push(request.rawHeaders);
    request.resume().on("end", () => response.end());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`;
  manager = await apiAs("manager");
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.close();
  vi.unstubAllEnvs();
});

function headersOf(raw: string[] = []): [string, string][] {
  return raw.flatMap((name, index) =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ""] as [string, string]] : [],
  );
}

async function addWebhook(fields: object): Promise<number> {
  const made = await manager("POST", "outgoing-webhooks", { name: "CRM", webhook_url: url, ...fields });
  expect(made.status, made.text).toBe(201);
  return (made.body as { id: number }).id;
}

test("headers go out in their usual spelling, the standard's own in lower case, custom ones with every type", async () => {
  received = [];
  const id = await addWebhook({
    auth_type: "bearer",
    auth_token: "token-1",
    signing_secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    custom_headers: { "X-Shop": "shop-7", "content-type": "application/json; charset=utf-8" },
  });
  expect((await manager("POST", `outgoing-webhooks/${id}/test`)).body).toMatchObject({ success: true });
  expect(headersOf(received[0])).toEqual([
    ["Host", expect.any(String)],
    ["Connection", "keep-alive"],
    ["Content-Type", "application/json; charset=utf-8"],
    ["Accept", "application/json, */*"],
    ["User-Agent", "iiko-webhooks"],
    ["Accept-Encoding", "identity"],
    ["Authorization", "Bearer token-1"],
    ["X-Shop", "shop-7"],
    ["webhook-id", expect.any(String)],
    ["webhook-timestamp", expect.any(String)],
    ["webhook-signature", expect.stringMatching(/^v1,/)],
    ["webhook-event", "test"],
    ["webhook-event-time", expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)],
    ["webhook-attempt", "1"],
    ["Content-Length", expect.any(String)],
  ]);

  const logged = await manager("GET", `outgoing-webhook-logs?webhook_id=${id}`);
  const [{ id: logId } = { id: 0 }] = logged.body as { id: number }[];
  expect((await manager("GET", `outgoing-webhook-logs/${logId}`)).body).toMatchObject({
    request_headers: {
      Authorization: "***",
      "X-Shop": "***",
      "Content-Type": "application/json; charset=utf-8",
      "webhook-event": "test",
    },
  });
});

test("a delivery says what happened, when, and which attempt this is", async () => {
  received = [];
  const id = await addWebhook({});
  const [timed, untimed] = [uuid7(), uuid7()];
  await rows(sql`
    insert into order_events (id, name, ts, data, state, received_at) values
      ('e-1', 'order.created', '2026-02-11T12:00:00.5+03:00', '{}', 'accepted', '2026-02-11T12:00:00Z'),
      ('e-2', 'order.cancelled', null, '{}', 'accepted', '2026-02-11T12:00:00Z')`);
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, state, body) values
      (${timed}, 'e-1', ${id}, 'pending', '{}'), (${untimed}, 'e-2', ${id}, 'pending', '{}')`);
  const webhook = await findWebhook(id);
  if (!webhook) throw new Error("The webhook is gone.");
  const deliveries = await findDeliveries([timed, untimed]);
  for (const attempt of deliveries.sort((a, b) => a.event_id.localeCompare(b.event_id)))
    await sendToWebhook({ webhook, attempt, attemptNumber: 3 });
  const sent = received.map((raw) => Object.fromEntries(headersOf(raw)));
  expect(sent).toMatchObject([
    {
      "Content-Type": "application/json",
      "webhook-event": "order.created",
      "webhook-event-time": "2026-02-11T09:00:00.500Z",
      "webhook-attempt": "3",
      "webhook-id": timed,
    },
    {
      "webhook-event": "order.cancelled",
      "webhook-event-time": "2026-02-11T12:00:00.000Z",
      "webhook-id": untimed,
    },
  ]);
});

test("an Authorization header beside a token, and a body type that is not JSON, are refused in words", async () => {
  const make = (fields: object) =>
    manager("POST", "outgoing-webhooks", { name: "CRM", webhook_url: url, ...fields });
  const both = await make({
    auth_type: "bearer",
    auth_token: "t-1",
    custom_headers: { authorization: "Token x" },
  });
  expect(both).toMatchObject({ status: 422, text: expect.stringContaining("writes this header itself") });
  const form = await make({ custom_headers: { "Content-Type": "text/plain" } });
  expect(form).toMatchObject({ status: 422, text: expect.stringContaining("The body is JSON in UTF-8") });
});
