import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { auditLog, outgoingWebhooks, webhookRevisions } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { type Actor, ROLES, type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { AttemptFilters } from "@/lib/log/attempt-filters";
import { getAttempt } from "@/lib/log/get-attempt";
import { getOrderEvent } from "@/lib/log/get-order-event";
import { listHeldUp } from "@/lib/log/held-up";
import { listAttempts } from "@/lib/log/list-attempts";
import { listOrderEvents } from "@/lib/log/list-order-events";
import { OrderEventFilters } from "@/lib/log/order-event-filters";
import { cancelWaiting } from "./cancel-waiting";
import { createWebhook } from "./create";
import { getWebhook } from "./get";
import { listWebhooks } from "./list";
import { probeNow } from "./probe-now";
import { removeWebhook } from "./remove";
import { rotateSecret } from "./rotate-secret";
import { WebhookCreate } from "./schema";
import { sendWaiting } from "./send-waiting";
import { updateWebhook } from "./update";

const input = WebhookCreate.parse({ name: "CRM", webhook_url: "https://crm.example" });
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await createWebhook({ actor: SYSTEM_ACTOR, input });
});
afterAll(() => database.close());

const VERBS: [verb: string, least: Role, run: (actor: Actor) => Promise<unknown>][] = [
  ["createWebhook", "manager", (actor) => createWebhook({ actor, input })],
  ["updateWebhook", "manager", (actor) => updateWebhook({ actor, webhookId: 1, input: { name: "B" } })],
  ["removeWebhook", "manager", (actor) => removeWebhook({ actor, webhookId: 1 })],
  ["rotateSecret", "manager", (actor) => rotateSecret({ actor, webhookId: 1 })],
  ["probeNow", "manager", (actor) => probeNow({ actor, webhookId: 1 })],
  ["sendWaiting", "manager", (actor) => sendWaiting({ actor, webhookId: 1 })],
  ["cancelWaiting", "manager", (actor) => cancelWaiting({ actor, webhookId: 1 })],
  ["listHeldUp", "viewer", (actor) => listHeldUp({ actor, webhookIds: [1] })],
  ["getWebhook", "viewer", (actor) => getWebhook({ actor, webhookId: 1 })],
  ["listWebhooks", "viewer", (actor) => listWebhooks({ actor })],
  ["listAttempts", "viewer", (actor) => listAttempts({ actor, filters: AttemptFilters.parse({}) })],
  ["getAttempt", "viewer", (actor) => getAttempt({ actor, logId: 1 })],
  ["listOrderEvents", "viewer", (actor) => listOrderEvents({ actor, filters: OrderEventFilters.parse({}) })],
  ["getOrderEvent", "viewer", (actor) => getOrderEvent({ actor, id: "e-1" })],
];

// A role that no list knows stands below viewer.
const roleless = "guest" as Role;

test.each(VERBS)("%s refuses whoever is below %s, and changes nothing", async (_verb, least, run) => {
  const rows = async () =>
    Promise.all([outgoingWebhooks, webhookRevisions, auditLog].map((table) => db().select().from(table)));
  const before = await rows();
  for (const role of [roleless, ...ROLES.slice(0, ROLES.indexOf(least))]) {
    const actor: Actor = { kind: "token", id: 1, name: "T", role };
    await expect(run(actor), role).rejects.toMatchObject({ code: "forbidden" });
  }
  expect(await rows()).toEqual(before);
});
