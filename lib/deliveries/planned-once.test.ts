import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import { findDeliveries, insertAttempts } from "@/db/queries/attempts";
import { insertOrderEvents } from "@/db/queries/intake";
import { findOrderEvents, findUnmatchedEvents, insertDeliveries } from "@/db/queries/matching";
import { findPendingDeliveries } from "@/db/queries/pending-deliveries";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { DURATION_BUCKETS_MS } from "@/lib/log/duration-buckets";
import { uuid7 } from "@/lib/uuid";
import { recordedAttempt } from "./testing/recorded-attempt";

// So often Postgres plans a statement for the values given before it compares that with a plan for any.
const PLANS_BEFORE_ONE_IS_KEPT = 5;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await rows(
    sql`insert into outgoing_webhooks (id, name, webhook_url) values (1, 'CRM', 'https://crm.example')`,
  );
  await rows(sql`insert into webhook_stats (webhook_id) values (1)`);
});
afterAll(() => database.close());

// Planning one takes longer than running it for a single order.
test("the statements of an order event's way are planned once, however few rows they are given", async () => {
  for (let turn = 0; turn < 20; turn++) await deliverOne();
  const plans = await rows<{ name: string; planned: number }>(sql`
    select name, custom_plans::int as planned from pg_prepared_statements where generic_plans + custom_plans > 10`);
  expect(plans.map(({ name }) => name).sort()).toEqual([
    "find-deliveries",
    "find-order-events",
    "find-pending-deliveries",
    "find-unmatched-events",
    "insert-attempts",
    "insert-deliveries",
    "insert-order-events",
  ]);
  for (const { name, planned } of plans) expect(planned, name).toBeLessThanOrEqual(PLANS_BEFORE_ONE_IS_KEPT);
});

async function deliverOne(): Promise<void> {
  const eventId = uuid7();
  const [matchedNow, matchedLater] = [uuid7(), uuid7()];
  const delivery = { event_id: eventId, webhook_id: 1, state: "pending", refusal: null, body: "{}" } as const;
  await insertOrderEvents({
    events: [newEvent(eventId)],
    deliveries: [{ ...delivery, id: matchedNow, position: null }],
  });
  await findUnmatchedEvents({ limit: 100, maxBytes: 1_000_000 });
  await insertDeliveries({
    deliveries: [{ ...delivery, id: matchedLater, position: 1 }],
    matchedIds: [eventId],
    revision: 1,
  });
  const start = { position: 0, id: "00000000-0000-0000-0000-000000000000" };
  await findPendingDeliveries({ webhookId: 1, after: start, limit: 500, maxBodyBytes: 100 });
  await findOrderEvents([eventId]);
  await findDeliveries([matchedNow]);
  const attempt = recordedAttempt({ webhook_id: 1, delivery_id: matchedNow, event_id: eventId });
  await insertAttempts([attempt], DURATION_BUCKETS_MS.length);
}

function newEvent(id: string) {
  return {
    id,
    name: "order.created",
    ts: null,
    data: "{}",
    state: "accepted",
    refusals: null,
    order_id: 1,
    order_external_id: null,
    readable_number: null,
    customer_phone: null,
    customer_name: null,
    order_status: "OnWay",
    matched_revision: null,
  } as const;
}
