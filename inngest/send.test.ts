import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { attemptInRun } from "@/lib/deliveries/attempt-run";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { forgetEnv } from "@/lib/env";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { handOver, handOverUnmatched, waitingForInngest } from "./hand-over";
import { sendOrderEvents } from "./send";

type Message = { id: string; name: string; data: { delivery_id?: string } };

let database: TestDatabase;
/** Takes what is sent to Inngest's event API. */
let inngest: Receiver;
let crm: Receiver;

beforeAll(async () => {
  vi.stubEnv("OUTBOUND_ALLOW", "127.0.0.1");
  database = await openTestDatabase();
  crm = await startReceiver();
  inngest = await startReceiver();
  inngest.always(answer(200, { body: JSON.stringify({ ids: [], status: 200 }) }));
  vi.stubEnv("INNGEST_DEV", inngest.url);
  forgetEnv();
});
beforeEach(async () => {
  await database.empty();
  inngest.requests.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  forgetEnv();
  await Promise.all([crm.close(), inngest.close()]);
  await database.close();
});

let eventNumber = 0;

function event(order: number) {
  eventNumber += 1;
  return { id: `e-${eventNumber}`, name: "order.updated", data: { order: { id: order, status: "OnWay" } } };
}

async function asked(): Promise<Message[]> {
  await vi.waitFor(() => expect(waitingForInngest()).toBe(0));
  return inngest.requests.flatMap(({ body }) => JSON.parse(body) as Message[]);
}

test("what the intake matched as it stored it costs Inngest one run a delivery: that of the delivery", async () => {
  for (const name of ["a", "b"]) {
    await makeWebhook({ name, webhook_url: `${crm.url}/${name}` });
  }
  await sendOrderEvents([event(1), event(2)]);
  const pending = await rows<{ id: string }>(sql`select id from deliveries where state = 'pending'`);
  expect(pending).toHaveLength(4);
  const messages = await asked();
  expect(new Set(messages.map(({ name }) => name))).toEqual(new Set(["webhook/delivery.requested"]));
  expect(messages.map(({ data }) => data.delivery_id).sort()).toEqual(pending.map(({ id }) => id).sort());

  // Behind the first of its order a delivery has no run: the end of that one hands it over.
  inngest.requests.length = 0;
  await sendOrderEvents([event(1)]);
  expect(await asked()).toEqual([]);
  const [first] = await rows<{ id: string; webhook_id: number }>(
    sql`select id, webhook_id from deliveries order by position, webhook_id limit 1`,
  );
  const webhookId = first?.webhook_id ?? 0;
  await attemptInRun({ deliveryId: first?.id ?? "", webhookId });
  await handOver(webhookId);
  expect(await asked()).toHaveLength(1);
});

test("an event behind one that is still to be matched is matched after it, and has no run before it has ended", async () => {
  await makeWebhook({ name: "a", webhook_url: `${crm.url}/a` });
  await sendOrderEvents([event(1)]);
  await asked();
  await rows(sql`delete from deliveries`);
  await rows(sql`update order_events set matched_revision = null`);
  inngest.requests.length = 0;
  await sendOrderEvents([event(1)]);
  const messages = await asked();
  const stored = await rows<{ id: string }>(sql`select id from deliveries order by position`);
  expect(stored).toHaveLength(2);
  expect(messages.map(({ data }) => data.delivery_id)).toEqual([stored[0]?.id]);
});

test("what cannot be matched here is handed to dispatch-order-event, which tries for longer", async () => {
  const id = await storeOrderEvent(event(1));
  await rows(sql`alter table outgoing_webhooks rename to away`);
  try {
    handOverUnmatched({ id, name: "order.updated" });
    expect(await asked()).toEqual([
      expect.objectContaining({ id, name: "order.updated", data: { order_event_id: id } }),
    ]);
  } finally {
    await rows(sql`alter table away rename to outgoing_webhooks`);
  }
});
