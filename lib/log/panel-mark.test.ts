import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { storeOrderEvent } from "@/lib/deliveries/intake";
import { matchOrderEvent } from "@/lib/deliveries/match";
import { recordAttempt } from "@/lib/deliveries/record-attempt";
import { recordedAttempt } from "@/lib/deliveries/testing/recorded-attempt";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { panelMark } from "./panel-mark";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const NOW = Date.UTC(2026, 0, 1, 12);
const mark = (now = NOW) => panelMark({ actor: SYSTEM_ACTOR, now });

test("the mark changes with whatever the panel shows, and by itself once a minute", async () => {
  const actor = SYSTEM_ACTOR;
  const seen = [await mark()];
  const id = await makeWebhook();
  seen.push(await mark());
  await storeOrderEvent({ id: "e-1", name: "order.created", data: { order: { id: 1, status: "OnWay" } } });
  seen.push(await mark());
  const [delivery] = await matchOrderEvent("e-1");
  seen.push(await mark());
  const given = { webhook_id: id, delivery_id: delivery?.id ?? null, event_id: "e-1" };
  await recordAttempt(recordedAttempt({ ...given, success: true }));
  seen.push(await mark());
  await updateWebhook({ actor, webhookId: id, input: { name: "CRM 2" } });
  seen.push(await mark());
  await storeOrderEvent({ id: "e-2", name: "order.created", data: { order: { id: 2, status: "OnWay" } } });
  await matchOrderEvent("e-2");
  seen.push(await mark());
  await updateWebhook({ actor, webhookId: id, input: { is_active: false } });
  seen.push(await mark());
  expect(new Set(seen).size).toBe(seen.length);

  expect(await mark(NOW + 59_000)).toBe(await mark());
  expect(await mark(NOW + 60_000)).not.toBe(await mark());
});
