import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { rows } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { FreshDelivery } from "@/lib/deliveries/match";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import {
  type Backlog,
  beginAnew,
  createBacklog,
  distrust,
  end,
  offerFresh,
  readPage,
  seekAll,
  takeLoaded,
  wantsPage,
} from "./backlog";
import type { Held } from "./lane";

const MANY = 250;
const BODY = '{"readableNumber":"0"}';

let database: TestDatabase;
let webhookId: number;
let backlog: Backlog;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  webhookId = await makeWebhook();
  backlog = newBacklog();
});
afterAll(() => database.close());

function newBacklog(bodies = 1_000): Backlog {
  const made = createBacklog({ webhookId, onDue: () => {}, maxKept: () => bodies * BODY.length });
  seekAll(made);
  return made;
}

/** Pending deliveries of as many orders, one of each. */
async function store(count: number): Promise<void> {
  await rows(sql`
    with added as (
      insert into order_events (id, name, data, state, order_id, matched_revision)
      select 'e-' || n, 'order.created', '{}', 'accepted', n, 1 from generate_series(1, ${count}::int) as n
      returning id, seq)
    insert into deliveries (id, event_id, webhook_id, body, position)
    select gen_random_uuid(), id, ${webhookId}, ${BODY}, seq from added`);
}

/** The only one that is held. */
function onlyHeld(): Held {
  const [delivery] = backlog.held.values();
  if (!delivery || backlog.held.size > 1) throw new Error(`${backlog.held.size} are held.`);
  return delivery;
}

async function freshOnes(): Promise<FreshDelivery[]> {
  const all = newBacklog();
  await readPage(all);
  return [...all.held.values()].flatMap(({ position, line, loaded }) =>
    loaded ? [{ ...loaded, position, line }] : [],
  );
}

test("the table is read page by page, each delivery once and in order, and no more than there is room for", async () => {
  backlog = newBacklog(100);
  await store(MANY);
  const sent: Held[] = [];
  const notKept: Held[] = [];
  while (backlog.hasMore || backlog.ready.length > 0) {
    if (wantsPage(backlog)) await readPage(backlog);
    expect(backlog.keptLength).toBeLessThanOrEqual(100 * BODY.length);
    const delivery = backlog.ready.shift();
    if (!delivery) continue;
    sent.push(delivery);
    if (!takeLoaded(backlog, delivery)) notKept.push(delivery);
    end(backlog, delivery);
  }
  expect(sent.map(({ position }) => position)).toEqual(Array.from({ length: MANY }, (_, n) => n + 1));
  expect(notKept).toEqual([]);
});

test("where there is no room for a single body, it is read for its request", async () => {
  backlog = newBacklog(0);
  await store(3);
  await readPage(backlog);
  expect(backlog.ready.map(({ loaded }) => loaded)).toEqual([null, null, null]);
});

test("it is read on when little is ready, not as soon as something is missing", async () => {
  await store(MANY);
  await readPage(backlog);
  expect([backlog.hasMore, wantsPage(backlog)]).toEqual([true, false]);
  backlog.ready.splice(0, backlog.ready.length - 10);
  expect(wantsPage(backlog)).toBe(true);
});

test("what is stored just now needs no reading, until memory is full: then it waits in the table", async () => {
  await store(4);
  const fresh = await freshOnes();
  backlog = createBacklog({ webhookId, onDue: () => {}, maxKept: () => 2 * BODY.length });
  for (const one of fresh) offerFresh(backlog, one);
  expect(backlog.ready.map(({ position }) => position)).toEqual([1, 2]);
  // Memory has room again, but the third comes before the fourth.
  for (const delivery of backlog.ready.splice(0)) {
    takeLoaded(backlog, delivery);
    end(backlog, delivery);
  }
  for (const one of fresh.slice(3)) offerFresh(backlog, one);
  expect(backlog.held.size).toBe(0);
  await readPage(backlog);
  expect(backlog.ready.map(({ position }) => position)).toEqual([3, 4]);
});

test("what was stored just now and is in a page that was read meanwhile is taken in once", async () => {
  await store(1);
  const [fresh] = await freshOnes();
  await readPage(backlog);
  if (fresh) offerFresh(backlog, fresh);
  expect([backlog.ready.length, backlog.keptLength]).toEqual([1, BODY.length]);
  end(backlog, onlyHeld());
  expect([backlog.held.size, backlog.lines.size]).toEqual([0, 0]);
});

test("a page that was asked for before somebody changed what waits is not believed", async () => {
  await store(1);
  const reading = readPage(backlog);
  distrust(backlog);
  await reading;
  expect([backlog.held.size, wantsPage(backlog)]).toEqual([0, true]);
  await readPage(backlog);
  expect([backlog.held.size, wantsPage(backlog)]).toEqual([1, false]);
});

test("what was in memory when somebody changed what waits is read again", async () => {
  await store(1);
  await readPage(backlog);
  expect(onlyHeld().loaded).not.toBeNull();
  distrust(backlog);
  expect([onlyHeld().loaded, backlog.keptLength]).toEqual([null, 0]);
  await readPage(backlog);
  expect(onlyHeld().loaded?.delivery.body).toBe(BODY);
});

test("what ended while a page was read is not taken in once more, though the page shows it", async () => {
  await store(1);
  await readPage(backlog);
  const delivery = onlyHeld();
  backlog.ready.shift();
  seekAll(backlog);
  const reading = readPage(backlog);
  end(backlog, delivery);
  await reading;
  expect([backlog.held.size, backlog.ready.length]).toEqual([0, 0]);
});

test("of what was attempted a page does not tell how it is now", async () => {
  await store(1);
  await readPage(backlog);
  expect(takeLoaded(backlog, onlyHeld())?.delivery.attempts).toBe(0);
  seekAll(backlog);
  await readPage(backlog);
  expect([onlyHeld().loaded, backlog.keptLength]).toEqual([null, 0]);
});

test("a large body is read for its request alone", async () => {
  await store(1);
  await rows(sql`update deliveries set body = repeat('x', 20000)`);
  await readPage(backlog);
  expect([onlyHeld().loaded, onlyHeld().bytes]).toEqual([null, 20_000]);
});

test("when its orders are no longer kept in order it is to begin anew, each delivery in a line of its own", async () => {
  await store(3);
  await rows(sql`update order_events set order_id = 7`);
  await readPage(backlog);
  expect([backlog.ready.length, backlog.isOutdated]).toEqual([1, false]);
  await rows(sql`update outgoing_webhooks set ordered = false`);
  seekAll(backlog);
  await readPage(backlog);
  expect(backlog.isOutdated).toBe(true);
  beginAnew(backlog);
  await readPage(backlog);
  expect([backlog.ready.length, backlog.isOutdated]).toEqual([3, false]);
});
