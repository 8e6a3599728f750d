import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { saveTelegram } from "@/lib/alerts/save-settings";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { getFirstSteps } from "./get-first-steps";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

async function done(): Promise<string[]> {
  const steps = await getFirstSteps({ actor: actorAs("admin") });
  return Object.entries(steps.done).flatMap(([step, isDone]) => (isDone ? [step] : []));
}

test("each step is done by what there is, not by a click", async () => {
  expect(await done()).toEqual([]);
  await rows(
    sql`insert into order_events (id, name, data, state) values ('1', 'order.created', '{}', 'rejected')`,
  );
  expect(await done()).toEqual([]);
  await rows(
    sql`insert into order_events (id, name, data, state) values ('2', 'order.created', '{}', 'accepted')`,
  );
  expect(await done()).toEqual(["event"]);
  await rows(sql`insert into outgoing_webhooks (name, webhook_url) values ('CRM', 'https://crm.example')`);
  await rows(sql`insert into webhook_stats (webhook_id, total_sent, total_failed) values (1, 3, 3)`);
  expect(await done()).toEqual(["event", "webhook"]);
  await rows(sql`update webhook_stats set total_success = 1`);
  await rows(sql`delete from order_events`);
  expect(await done()).toEqual(["event", "webhook", "delivery"]);
  const telegram = { chat_id: "@alerts", api_url: "", bot_token: "123456:bot-token-nobody-may-see" };
  await saveTelegram({ actor: actorAs("admin"), input: { ...telegram, is_on: false } });
  expect(await done()).toEqual(["event", "webhook", "delivery"]);
  await saveTelegram({ actor: actorAs("admin"), input: { ...telegram, is_on: true, bot_token: "" } });
  expect(await done()).toEqual(["event", "webhook", "delivery", "alerts"]);
});

test("an admin sees the event key until an order has come, a manager does not, and an operator is not shown the steps", async () => {
  expect((await getFirstSteps({ actor: actorAs("admin") })).eventKey).toBe("test-event-key");
  expect((await getFirstSteps({ actor: actorAs("manager") })).eventKey).toBeNull();
  await rows(
    sql`insert into order_events (id, name, data, state) values ('1', 'order.created', '{}', 'accepted')`,
  );
  expect((await getFirstSteps({ actor: actorAs("admin") })).eventKey).toBeNull();
  await expect(getFirstSteps({ actor: actorAs("operator") })).rejects.toMatchObject({ code: "forbidden" });
});
