import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { saveFlow } from "@/db/queries/flows";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { pauseWebhook } from "@/lib/webhooks/pause";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { updateWebhook } from "@/lib/webhooks/update";
import { createFlows, type Flows } from "./flows";

const actor = SYSTEM_ACTOR;
const IN_A_MINUTE = Date.now() + 60_000;
const PAUSED = { ...FREE_FLOW, paused_until: IN_A_MINUTE, pauses: 1 };

let database: TestDatabase;
let webhookId: number;
let unrecorded: Set<number>;
let flows: Flows;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  webhookId = await makeWebhook();
  unrecorded = new Set();
  flows = createFlows({ isUnrecorded: (id) => unrecorded.has(id) });
});
afterAll(() => database.close());

/** A reading for which the database was asked, and has not answered. */
async function begun(): Promise<{ read: Promise<number[]> }> {
  const read = flows.read();
  for (let turn = 0; turn < 5; turn++) await null;
  return { read };
}

test("nothing is known until the database was read; then a webhook is closed until its pause is over", async () => {
  await saveFlow(db(), { webhookId, flow: PAUSED });
  expect(flows.isKnown()).toBe(false);
  await flows.read();
  expect([flows.isKnown(), flows.closedUntil(webhookId)]).toEqual([true, IN_A_MINUTE]);
  await saveFlow(db(), { webhookId, flow: null });
  await flows.read();
  expect(flows.closedUntil(webhookId)).toBe(0);
});

test("what an answer said counts until it is recorded", async () => {
  await flows.read();
  flows.set(webhookId, PAUSED);
  unrecorded.add(webhookId);
  await flows.read();
  expect(flows.closedUntil(webhookId)).toBe(IN_A_MINUTE);
  unrecorded.clear();
  await flows.read();
  expect(flows.closedUntil(webhookId)).toBe(0);
});

test("an answer that comes while the database is asked, or is recorded meanwhile, knows better", async () => {
  await flows.read();
  const before = await begun();
  flows.set(webhookId, PAUSED);
  await before.read;
  expect(flows.closedUntil(webhookId)).toBe(IN_A_MINUTE);
  unrecorded.add(webhookId);
  const during = await begun();
  unrecorded.clear();
  await during.read;
  expect(flows.closedUntil(webhookId)).toBe(IN_A_MINUTE);
});

test("a webhook that a person holds is closed without end, and is named when it is let go on", async () => {
  await pauseWebhook({ actor, webhookId, pause: { holdsOrders: true, until: null, reason: null } });
  expect(await flows.read()).toEqual([]);
  expect(flows.closedUntil(webhookId)).toBe(Number.POSITIVE_INFINITY);
  await updateWebhook({ actor, webhookId, input: { is_active: true } });
  expect(await flows.read()).toEqual([webhookId]);
  expect([flows.closedUntil(webhookId), await flows.read()]).toEqual([0, []]);
});
