import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { FREE_FLOW } from "@/db/testing/free-flow";
import { readBlocks } from "@/db/testing/read-blocks";
import { MAX_BACKLOG, selectBacklogs } from "./backlogs";
import { findFlow, giveUpDeliveries, saveFlow } from "./flows";
import { selectGivenUp } from "./given-up";
import { findPendingOf, findUnmatchedEvents, findUnmatchedOfOrder } from "./matching";
import { findOverdueEvents } from "./overdue";
import { findPendingDeliveries, listPendingWebhooks } from "./pending-deliveries";
import { giveTurns, takeDeliveries } from "./turns";
import { selectWaits } from "./waits";

const EVENTS = 100_000;
const PAGE = 500;
const DOWN = 2;
const NIL = "00000000-0000-0000-0000-000000000000";

let database: TestDatabase;
let deliveryId: string;

beforeAll(async () => {
  database = await openTestDatabase();
  await fill();
}, 120_000);
afterAll(() => database.close());

// The tables have some 25,000 blocks. A row of a page costs a few for each index that it is looked up in.
test.each<[string, number, () => Promise<unknown>]>([
  ["the probe of a webhook that is down", 80, () => turnsOf(DOWN, 8)],
  ["a delivery that is taken", 100, () => takeDeliveries({ ids: [deliveryId], atOnce: 8, now: Date.now() })],
  ["the unmatched of an order", 40, () => findUnmatchedOfOrder(`e${EVENTS}`)],
  ["the pending ones of an event", 80, () => findPendingOf([`e${EVENTS / 2}`])],
  ["the webhooks with something pending", 60, () => listPendingWebhooks()],
  ["a webhook's flow", 10, () => findFlow(DOWN)],
  ["a page of events to match", 10 * PAGE, () => findUnmatchedEvents({ limit: PAGE, maxBytes: 1e9 })],
  [
    "a page of overdue events",
    10 * PAGE,
    () => findOverdueEvents({ fromSeconds: 45, after: null, limit: PAGE }),
  ],
  ["a page of a lane", 15 * PAGE, () => lanePage()],
  ["the next turns of a webhook", 160 * PAGE, () => turnsOf(1, PAGE)],
  ["what a delivery waits for", 80, () => selectWaits([deliveryId])],
  ["what was given up", 60, () => selectGivenUp({ channel: "email", quietSeconds: 300, numbers: 20 })],
  [
    "a backlog, counted as far as that goes",
    10 * MAX_BACKLOG,
    () => selectBacklogs({ webhookIds: [DOWN], eventNames: ["order.created"] }),
  ],
])("%s is found without reading the tables", async (_, most, find) => {
  expect(await readBlocks(find)).toBeLessThan(most);
});

test("giving up reads what is pending and nothing else", async () => {
  expect(await readBlocks(() => giveUpDeliveries())).toBeLessThan(15_000);
});

function lanePage() {
  const after = { position: EVENTS * 0.7, id: NIL };
  return findPendingDeliveries({ webhookId: DOWN, after, limit: PAGE, maxBodyBytes: 16_384 });
}

function turnsOf(webhookId: number, depth: number) {
  return giveTurns({ depths: [{ webhook_id: webhookId, depth }], lateSeconds: 45 });
}

/** A hundred thousand events of four an order, the last hundred unmatched, and two webhooks with a backlog. */
async function fill(): Promise<void> {
  await rows(sql`
    insert into outgoing_webhooks (name, webhook_url, give_up_after_minutes)
    select 'w' || n, 'https://crm.example', 600 from generate_series(1, 3) n`);
  await rows(
    sql`insert into webhook_stats (webhook_id) select id from outgoing_webhooks on conflict do nothing`,
  );
  await rows(sql`
    insert into order_events (id, name, data, state, order_id, order_external_id, received_at, matched_revision)
    select 'e' || n, 'order.created', '{}', 'accepted', case when n % 10 > 0 then n / 4 end, 'order-' || n / 4,
           now() - interval '1 hour', case when n <= ${EVENTS}::int - 1000 then 1 end
    from generate_series(1, ${EVENTS}::int) n order by n`);
  await rows(sql`
    insert into deliveries (id, event_id, webhook_id, body, position, state, created_at)
    select gen_random_uuid(), 'e' || n, w, repeat('x', 300), n,
           case when n > ${EVENTS / 2}::int then 'pending' else 'succeeded' end, now() - interval '1 hour'
    from generate_series(1, ${EVENTS}::int - 1000) n, generate_series(1, 2) w order by n`);
  const down = {
    ...FREE_FLOW,
    down_since: 1,
    down_reason: { code: "fault_reset_waiting", at: "crm.example" },
    probes: 1,
    next_probe_at: 1,
  };
  await saveFlow(db(), { webhookId: DOWN, flow: down });
  await rows(sql`analyze`);
  const [delivery] = await rows<{ id: string }>(sql`
    select id from deliveries where event_id = ${`e${EVENTS / 2 + 1000}`} and webhook_id = 1`);
  deliveryId = delivery?.id ?? NIL;
}
