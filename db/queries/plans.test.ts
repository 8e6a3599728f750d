import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { reading } from "@/db/testing/reading";
import { type AttemptFilter, attemptsQuery } from "./logs";
import { MAX_ALIKE, orderSearchQuery } from "./order-search";

const EVENT_TYPES = ["order.created", "order.updated", "order.status_changed", "order.cancelled", "test"];
const ROWS = 100_000;
const ROWS_AN_HOUR = ROWS / 240;
const LIMIT = 20;
const DAY_MS = 24 * 3_600_000;
const END = new Date("2026-02-10T00:00:00Z");
const daysBefore = (days: number) => new Date(END.getTime() - days * DAY_MS);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await fill();
});
afterAll(() => database.close());

const WEBHOOKS = [undefined, 1, 3];
const OUTCOMES = [undefined, false];
const TYPES = [undefined, "order.updated", "order.cancelled"];
// Each costs the blocks of its own rows.
const SEARCHED = { externalIds: ["order-1", "order-90", "order-500", "order-20000"], ids: [999_999] };
const ORDERS = [{}, { orderExternalId: "order-17" }, { orderId: 999_999 }, { orders: SEARCHED }];
const TIMES = [
  {},
  { since: daysBefore(1) },
  { until: daysBefore(9) },
  { since: daysBefore(5), until: daysBefore(4) },
];
const POSITIONS = [
  {},
  { beforeId: ROWS / 2 },
  { afterId: ROWS - 50 },
  { afterId: ROWS / 2, isAscending: true },
];

test("no combination of the log's filters reads more than a page's worth of rows", async () => {
  const filters = WEBHOOKS.flatMap((webhookId) =>
    OUTCOMES.flatMap((success) =>
      TYPES.flatMap((eventType) =>
        ORDERS.flatMap((order) =>
          TIMES.map((time): AttemptFilter => ({ webhookId, success, eventType, ...order, ...time })),
        ),
      ),
    ),
  );
  for (const filter of filters) {
    for (const position of POSITIONS) {
      const query = await attemptsQuery({ filter, ...position, eventTypes: EVENT_TYPES, limit: LIMIT });
      const read = await reading({ query, table: "outgoing_webhook_logs" });
      const what = JSON.stringify({ filter, position });
      // What time may be off by, and a few pages, for each run of the merged index gives at most one.
      expect(read.rows, what).toBeLessThan(ROWS_AN_HOUR + 10 * LIMIT);
      // The table and its index have thousands: an index walked in search of what is not there shows here.
      expect(read.blocks, what).toBeLessThan(300);
    }
  }
}, 60_000);

const WHOLE = { part: null, name: null };

test.each([
  ["a number", { text: "17", orderId: 17, phoneDigits: null, ...WHOLE }],
  ["a number nobody has", { text: "none", orderId: null, phoneDigits: null, ...WHOLE }],
  ["an external id", { text: "order-17", orderId: null, phoneDigits: null, ...WHOLE }],
  ["a phone", { text: "9990000017", orderId: 9_990_000_017, phoneDigits: "9990000017", ...WHOLE }],
  ["a phone nobody has", { text: "1112223344", orderId: null, phoneDigits: "1112223344", ...WHOLE }],
])("searching orders by %s reads only what it finds", async (_, search) => {
  for (const position of [{}, { beforeSeq: ROWS / 2 }, { state: "accepted" as const }]) {
    const query = orderSearchQuery({ search, ...position, limit: LIMIT });
    const { rows: read } = await reading({ query, table: "order_events" });
    expect(read).toBeLessThan(8 * LIMIT);
  }
});

test.each([
  ["the beginning of an id that few have", { part: "order-1777", name: null }],
  ["the beginning of an id that all have", { part: "order-", name: null }],
  ["the end of an id", { part: "777", name: null }],
  ["a part that nobody has", { part: "nobody-has-this", name: null }],
  ["a name that all have", { part: null, name: "пет" }],
  ["a surname that one order has", { part: null, name: "петров17" }],
])("searching orders by %s looks at a bounded number", async (_, beginning) => {
  const search = { text: "none", orderId: null, phoneDigits: null, ...beginning };
  for (const position of [{}, { beforeSeq: ROWS / 2 }, { state: "rejected" as const }]) {
    const query = orderSearchQuery({ search, ...position, limit: LIMIT });
    const { rows: read } = await reading({ query, table: "order_events" });
    expect(read).toBeLessThanOrEqual(3 * (MAX_ALIKE + LIMIT));
  }
});

/** Ten days of a log: webhook 3 has been silent for nine, failures and cancellations are rare. */
async function fill(): Promise<void> {
  await rows(sql`insert into outgoing_webhooks (name, webhook_url)
    select 'w' || n, 'https://crm.example' from generate_series(1, 3) n`);
  await rows(sql`
    insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers,
      duration_ms, success, order_id, order_external_id, created_at)
    select case when n < ${ROWS / 10}::int then 3 else 1 + n % 2 end,
           case when n = 500 then 'order.cancelled' else (array['order.created', 'order.updated'])[1 + n % 2] end,
           1, 'https://crm.example', '{}'::json, 10, n % 1000 <> 0, n / 4, 'order-' || n / 4,
           ${END.toISOString()}::timestamptz - (${ROWS}::int - n) * interval '10 days' / ${ROWS}::int
    from generate_series(1, ${ROWS}::int) n order by n`);
  await rows(sql`
    insert into order_events (id, name, data, state, order_id, order_external_id, readable_number, customer_phone,
                              customer_name)
    select 'e' || n, 'order.created', '{}', 'accepted', n / 4, 'order-' || n / 4, (n / 4)::text,
           '+7 (999) ' || lpad((n / 4)::text, 7, '0'), 'петр петров' || n / 4
    from generate_series(1, ${ROWS}::int) n order by n`);
  await rows(sql`analyze`);
}
