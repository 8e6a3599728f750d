import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { insertResends } from "@/db/queries/resends";
import { giveTurns } from "@/db/queries/turns";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { getOrderTimeline } from "@/lib/log/get-order-timeline";
import { pauseWebhook } from "@/lib/webhooks/pause";
import { removeWebhook } from "@/lib/webhooks/remove";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { storeOrderEvent } from "./intake";
import { matchOrderEvent } from "./match";
import { recordAttempt } from "./record-attempt";
import { resendEvent } from "./resend";
import { resendOrder } from "./resend-order";
import { recordedAttempt } from "./testing/recorded-attempt";

let database: TestDatabase;
let revisions = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  // The webhooks of the test before are known by their revision, which must not come again.
  revisions += 100;
  await rows(sql`select setval('webhook_revisions_seq_seq', ${revisions})`);
});
afterAll(() => database.close());

const manager = actorAs("manager");

const setActive = (webhookId: number, is_active: boolean) =>
  updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { is_active } });

type Received = { id: string; order?: Record<string, unknown> };

async function receive({ id, order = {} }: Received) {
  await storeOrderEvent({ id, name: "order.created", data: { order: { id: 1, status: "OnWay", ...order } } });
  return matchOrderEvent(id);
}

/** One attempt of each delivery that waits, as if it had been its last. */
async function attemptAll(success: boolean, only: number | null = null): Promise<void> {
  const pending = await rows<{ id: string; event_id: string; webhook_id: number }>(sql`
    select id, event_id, webhook_id from deliveries
    where state = 'pending' and (${only}::int is null or webhook_id = ${only}::int) order by position`);
  for (const { id, ...delivery } of pending) {
    await recordAttempt(recordedAttempt({ ...delivery, delivery_id: id, success }));
  }
}

const stored = () =>
  rows<{ event_id: string; webhook_id: number; state: string; is_resend: boolean; body: string }>(sql`
    select event_id, webhook_id, state, is_resend, body from deliveries order by position, id`);
const audited = async () =>
  (await rows<{ action: string }>(sql`select action from audit_log order by id`)).map(({ action }) => action);

describe("one event to one webhook", () => {
  test("a delivery that was cancelled without an attempt is sent again, in the webhook's present format", async () => {
    const webhookId = await makeWebhook();
    await receive({ id: "a" });
    await setActive(webhookId, false);
    await setActive(webhookId, true);
    await updateWebhook({ actor: SYSTEM_ACTOR, webhookId, input: { payload_format: "custom" } });
    const resent = await resendEvent({ actor: manager, eventId: "a", webhookId });
    expect(await stored()).toMatchObject([
      { state: "cancelled", is_resend: false },
      { state: "pending", is_resend: true, body: expect.stringContaining('"event":"order.created"') },
    ]);
    expect(resent.webhookId).toBe(webhookId);
    expect((await audited()).at(-1)).toBe("delivery.resend");
  });

  test("a form sent again without an answer sends it once, at the same time too; another form sends it again", async () => {
    const webhookId = await makeWebhook();
    await receive({ id: "a" });
    await attemptAll(false);
    const resend = (formKey: string) => resendEvent({ actor: manager, eventId: "a", webhookId, formKey });
    const [first] = await Promise.all([1, 2, 3].map(() => resend("the first form")));
    expect(await resend("the first form")).toEqual(first);
    expect((await stored()).filter(({ is_resend }) => is_resend)).toHaveLength(1);
    await resend("another form");
    expect((await stored()).filter(({ is_resend }) => is_resend)).toHaveLength(2);
    expect(await audited()).toEqual(expect.arrayContaining(["delivery.resend", "delivery.resend"]));
  });

  test("an event that did not match, or came while the webhook was off, is sent anyway and says so", async () => {
    const filtered = await makeWebhook({ name: "Filtered", filter_statuses: ["Closed"] });
    const off = await makeWebhook({ name: "Off", is_active: false });
    await receive({ id: "a" });
    await setActive(off, true);
    for (const webhookId of [filtered, off]) await resendEvent({ actor: manager, eventId: "a", webhookId });
    expect(await stored()).toMatchObject([
      { webhook_id: filtered, state: "pending", is_resend: true },
      { webhook_id: off, state: "pending", is_resend: true },
    ]);
    expect((await audited()).filter((action) => action.startsWith("delivery."))).toEqual([
      "delivery.send_anyway",
      "delivery.send_anyway",
    ]);
    const { events } = await getOrderTimeline({ actor: manager, eventId: "a" });
    expect(events[0]?.decisions.map(({ decision, deliveries }) => [decision, deliveries.length])).toEqual([
      ["sent", 1],
      ["sent", 1],
    ]);
    // Matching again adds nothing, and does not take the place of what was sent by hand.
    await matchOrderEvent("a");
    expect(await stored()).toHaveLength(2);
  });

  test("it goes at the end of its order's line", async () => {
    const webhookId = await makeWebhook();
    await receive({ id: "a" });
    await attemptAll(false);
    const [waiting] = await receive({ id: "b" });
    const resent = await resendEvent({ actor: manager, eventId: "a", webhookId });
    const turns = await giveTurns({ depths: [{ webhook_id: webhookId, depth: 8 }], lateSeconds: 45 });
    expect(turns.map(({ id }) => id)).toEqual([waiting?.id]);
    expect(turns.map(({ id }) => id)).not.toContain(resent.id);
    await attemptAll(true, webhookId);
    expect((await stored()).map(({ event_id, state }) => `${event_id} ${state}`)).toEqual([
      "a failed",
      "b succeeded",
      "a succeeded",
    ]);
  });

  test("a webhook that is off or gone, and an event that is not kept, rejected or not matched, are refused", async () => {
    const off = await makeWebhook({ is_active: false });
    const gone = await makeWebhook();
    const on = await makeWebhook();
    await receive({ id: "a" });
    await removeWebhook({ actor: SYSTEM_ACTOR, webhookId: gone });
    await storeOrderEvent({ id: "rejected", name: "order.created", data: {} });
    await storeOrderEvent({
      id: "unmatched",
      name: "order.created",
      data: { order: { id: 2, status: "OnWay" } },
    });
    const refusal = (eventId: string, webhookId: number) =>
      resendEvent({ actor: manager, eventId, webhookId }).then(
        () => "sent",
        (error) => `${error.code} ${error.refusal.code}`,
      );
    expect(await refusal("a", off)).toBe("conflict webhook_off");
    expect(await refusal("a", gone)).toBe("not_found no_webhook");
    expect(await refusal("rejected", on)).toBe("conflict event_not_kept");
    expect(await refusal("nothing", on)).toBe("conflict event_not_kept");
    expect(await refusal("unmatched", on)).toBe("conflict event_not_matched");
  });

  test("for a webhook whose orders are held it waits for the end of the pause", async () => {
    const webhookId = await makeWebhook();
    await receive({ id: "a" });
    await attemptAll(false);
    const pause = { holdsOrders: true, until: null, reason: null };
    await pauseWebhook({ actor: manager, webhookId, pause });
    await resendEvent({ actor: manager, eventId: "a", webhookId });
    expect((await stored()).map(({ state }) => state)).toEqual(["failed", "pending"]);
  });

  test("a webhook that is deleted at that moment gets none", async () => {
    const resend = { event_id: "a", webhook_id: 99, body: "{}", state: "pending", refusal: null };
    const ids = await insertResends(db(), [{ ...resend, id: "0190163d-8694-739b-aea5-966c26f8ad90" }]);
    expect(ids.size).toBe(0);
    expect(await stored()).toEqual([]);
  });
});

describe("all of an order that did not get through", () => {
  test("goes out again from the oldest event on, once, without what got through or is off", async () => {
    const crm = await makeWebhook({ name: "CRM" });
    const fine = await makeWebhook({ name: "Fine" });
    const off = await makeWebhook({ name: "Off" });
    for (const id of ["a", "b"]) await receive({ id });
    await receive({ id: "other", order: { id: 2 } });
    await attemptAll(true, fine);
    await attemptAll(false, off);
    await setActive(off, false);
    // The first of CRM's fails, the others are cancelled.
    await rows(sql`update deliveries set state = 'failed' where event_id = 'a' and webhook_id = ${crm}`);
    await setActive(crm, false);
    await setActive(crm, true);

    const { deliveries, off: leftOut } = await resendOrder({ actor: manager, eventId: "b" });
    expect(deliveries.map(({ webhookId }) => webhookId)).toEqual([crm, crm]);
    expect(leftOut).toBe(2);
    const resent = (await stored()).filter(({ is_resend }) => is_resend);
    expect(resent.map(({ event_id, webhook_id }) => [event_id, webhook_id])).toEqual([
      ["a", crm],
      ["b", crm],
    ]);
    expect((await audited()).filter((action) => action === "delivery.resend")).toHaveLength(2);
    expect(await resendOrder({ actor: manager, eventId: "a" })).toEqual({ deliveries: [], off: 2 });
    await attemptAll(true, crm);
    expect(await resendOrder({ actor: manager, eventId: "a" })).toEqual({ deliveries: [], off: 2 });
  });

  test("goes out again however much it is", async () => {
    const crm = await makeWebhook({ name: "CRM" });
    for (let index = 0; index < 205; index += 1) await receive({ id: `e-${index}` });
    await setActive(crm, false);
    await setActive(crm, true);
    const { deliveries } = await resendOrder({ actor: manager, eventId: "e-0" });
    expect(deliveries).toHaveLength(205);
  });

  test("an event that is not there is not found", async () => {
    await expect(resendOrder({ actor: manager, eventId: "nothing" })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

test.each(["viewer", "operator"] as const)("a %s may not send anything again", async (role) => {
  const actor = actorAs(role);
  await expect(resendEvent({ actor, eventId: "a", webhookId: 1 })).rejects.toMatchObject({
    code: "forbidden",
  });
  await expect(resendOrder({ actor, eventId: "a" })).rejects.toMatchObject({ code: "forbidden" });
});
