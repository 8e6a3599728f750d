import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { outgoingWebhookLogs, webhookStats } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { apiAs } from "./testing/api";

const TOKEN = "123456:AAE-s3cret_key";
let database: TestDatabase;
let receiver: Receiver;

beforeAll(async () => {
  vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1");
  database = await openTestDatabase();
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.close();
  await database.close();
  vi.unstubAllEnvs();
});

test("a secret in a webhook's URL is seen from manager up, and below it nowhere", async () => {
  const manager = await apiAs("manager");
  const webhook_url = `${receiver.url}/bot${TOKEN}/sendMessage?api_key=q-s3cret-key`;
  const made = await manager("POST", "outgoing-webhooks", { name: "Telegram", webhook_url });
  expect(made.body).toMatchObject({ webhook_url });
  // The receiver sends back what it was sent, and points to the same address elsewhere.
  const location = `https://elsewhere.example/bot${TOKEN}/sendMessage?api_key=q-s3cret-key`;
  receiver.always((response, request) =>
    answer(302, { headers: { location, "x-path": request.path }, body: { path: request.path } })(
      response,
      request,
    ),
  );
  const tested = await (await apiAs("operator"))("POST", "outgoing-webhooks/1/test");
  expect(tested.text).toContain("sendMessage");
  const last_error = `127.0.0.1 answered 302 and pointed to ${location}.`;
  await db().update(webhookStats).set({ last_error });
  const [logged] = await db().select().from(outgoingWebhookLogs);
  expect(logged).toMatchObject({ request_url: webhook_url, response_status: 302 });

  const paths = [
    "outgoing-webhooks",
    "outgoing-webhooks/1",
    "outgoing-webhooks/1/logs",
    "outgoing-webhook-logs",
    "outgoing-webhook-logs/1",
  ];
  for (const role of ["viewer", "operator", "manager"] as const) {
    const call = await apiAs(role);
    for (const path of paths) {
      const { status, text } = await call("GET", path);
      expect(status).toBe(200);
      expect(text.includes("s3cret"), `${role} ${path} ${text}`).toBe(role === "manager");
      expect(text).toContain("sendMessage");
    }
  }
  expect(tested.text).not.toContain("s3cret");
});
