import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { rows } from "@/db/client";
import { processWide } from "@/db/process-wide";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { recentWebhooks } from "@/lib/webhooks/current";
import { pauseWebhook } from "@/lib/webhooks/pause";
import { makeWebhook, type WebhookFields } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { sendDelivery } from "./attempt";
import { attemptInRun } from "./attempt-run";
import { storeOrderEvent } from "./intake";
import { matchOrderEvent } from "./match";
import { resendEvent } from "./resend";

let database: TestDatabase;
let receiver: Receiver;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  receiver = await startReceiver();
  await storeOrderEvent({ id: "a", name: "order.created", data: { order: { id: 1, status: "OnWay" } } });
  await matchOrderEvent("a");
});
afterEach(async () => {
  vi.restoreAllMocks();
  await receiver.close();
});
afterAll(() => database.close());

/** Changes webhooks as another process does: this one is told nothing. */
async function elsewhere<Result>(change: () => Promise<Result>): Promise<Result> {
  const changes = processWide("webhook-changes", () => ({ count: 0 }));
  const { count } = changes;
  const result = await change();
  changes.count = count;
  return result;
}

async function knowNothingNewer(): Promise<void> {
  // A clock that stands keeps recent what this process knows of the webhooks, however slow the machine.
  const now = performance.now();
  vi.spyOn(performance, "now").mockReturnValue(now);
  await recentWebhooks();
}

const webhookOf = (fields: WebhookFields) => makeWebhook({ webhook_url: receiver.url, ...fields });

const update = (webhookId: number, input: Parameters<typeof updateWebhook>[0]["input"]) =>
  elsewhere(() => updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input }));

async function makeDelivery(webhookId: number): Promise<string> {
  const { id } = await elsewhere(() => resendEvent({ actor: SYSTEM_ACTOR, eventId: "a", webhookId }));
  await rows(sql`update deliveries set created_at = now() - interval '2 minutes'`);
  return id;
}

describe.runIf(process.env.TEST_DATABASE_URL)("a delivery to a webhook that another process just now", () => {
  test("made is sent", async () => {
    await knowNothingNewer();
    const deliveryId = await makeDelivery(await elsewhere(() => webhookOf({})));
    expect(await sendDelivery({ deliveryId })).toHaveProperty("exchange.outcome.success", true);
  });

  test("switched on is sent", async () => {
    const webhookId = await webhookOf({ is_active: false });
    await knowNothingNewer();
    await update(webhookId, { is_active: true });
    const deliveryId = await makeDelivery(webhookId);
    expect(await sendDelivery({ deliveryId })).toHaveProperty("exchange.outcome.success", true);
  });

  test("gave more time is sent", async () => {
    const webhookId = await webhookOf({ give_up_after_minutes: 1 });
    await knowNothingNewer();
    await update(webhookId, { give_up_after_minutes: 60 });
    const deliveryId = await makeDelivery(webhookId);
    expect(await sendDelivery({ deliveryId })).toHaveProperty("exchange.outcome.success", true);
  });

  test("let go on after a pause is sent by its run", async () => {
    const webhookId = await webhookOf({});
    const pause = { holdsOrders: true, until: null, reason: null };
    await pauseWebhook({ actor: SYSTEM_ACTOR, webhookId, pause });
    await knowNothingNewer();
    await update(webhookId, { is_active: true });
    const deliveryId = await makeDelivery(webhookId);
    expect(await attemptInRun({ deliveryId, webhookId })).toEqual({ done: true });
    expect(receiver.requests).toHaveLength(1);
  });

  test("edited is not said to be away for what its old address answered", async () => {
    const webhookId = await webhookOf({ retry_count: 0, give_up_after_minutes: 60 });
    await knowNothingNewer();
    const deliveryId = await makeDelivery(webhookId);
    let refuse = () => {};
    receiver.script((response) => {
      refuse = () => response.writeHead(502).end();
    });
    const sending = sendDelivery({ deliveryId });
    await receiver.waitFor(1);
    await update(webhookId, { webhook_url: `${receiver.url}/new` });
    refuse();
    expect(await sending).toHaveProperty("isOutdated", true);
  });
});
