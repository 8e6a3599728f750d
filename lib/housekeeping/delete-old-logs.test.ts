import { count, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db, rows } from "@/db/client";
import {
  auditLog,
  deliveries,
  iikoMessages,
  inspectorRequests,
  orderEvents,
  outgoingWebhookLogs,
  webhookIntervals,
} from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { uuid7 } from "@/lib/uuid";
import { deleteOldLogs } from "./delete-old-logs";

const signal = new AbortController().signal;
const DAY_MS = 24 * 60 * 60 * 1000;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

function daysAgo(days: number): Date {
  return new Date(Date.now() - days * DAY_MS);
}

async function size(table: PgTable): Promise<number> {
  const [counted] = await db().select({ n: count() }).from(table);
  return counted?.n ?? 0;
}

async function addOrderEvent(days: number, changes: Partial<typeof orderEvents.$inferInsert> = {}) {
  const id = uuid7();
  await db()
    .insert(orderEvents)
    .values({
      id,
      name: "order.created",
      data: "{}",
      state: "accepted",
      matched_revision: 1,
      received_at: daysAgo(days),
      ...changes,
    });
  return id;
}

async function addDelivery(eventId: string, changes: Partial<typeof deliveries.$inferInsert> = {}) {
  const id = uuid7();
  await db()
    .insert(deliveries)
    .values({ id, event_id: eventId, webhook_id: 1, state: "succeeded", body: "{}", ...changes });
  return id;
}

async function addAttempt(days: number) {
  await db()
    .insert(outgoingWebhookLogs)
    .values({
      webhook_id: 1,
      event_type: "order.created",
      attempt_number: 1,
      request_url: "https://crm.example",
      request_headers: {},
      duration_ms: 5,
      success: true,
      created_at: daysAgo(days),
    });
}

test("deletes what is older than 30 days and nothing else", async () => {
  for (const days of [0, 29, 31, 400]) {
    await addAttempt(days);
    await rows(sql`
      insert into audit_log (at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id)
      values (${daysAgo(days).toISOString()}, 'user', 1, 'anna', 'webhook.update', 'webhook', '1')`);
  }
  const kept = [await addOrderEvent(0), await addOrderEvent(30.5)];
  const old = [
    await addOrderEvent(32),
    await addOrderEvent(33, { state: "rejected", matched_revision: null }),
  ];
  for (const eventId of [...kept, ...old]) {
    await addDelivery(eventId);
    await addDelivery(eventId, { is_resend: true, state: "failed" });
  }
  for (const days of [0, 32]) {
    await db()
      .insert(iikoMessages)
      .values({ id: uuid7(), kind: "other", outcome: "no_order", text: "{}", received_at: daysAgo(days) });
  }
  await db().execute(
    sql`insert into outgoing_webhooks (id, name, webhook_url) values (1, 'CRM', 'https://crm.example')`,
  );
  for (const days of [1, 31]) {
    await db()
      .insert(webhookIntervals)
      .values({ webhook_id: 1, starts_at: daysAgo(days), durations: [1] });
  }

  const deleted = await deleteOldLogs({ signal });

  expect(deleted).toEqual({
    attempts: 2,
    orderEvents: 2,
    iikoMessages: 1,
    inspectorRequests: 0,
    intervals: 1,
    auditRows: 1,
  });
  const left = await db().select({ id: orderEvents.id }).from(orderEvents);
  expect(left.map(({ id }) => id).sort()).toEqual(kept.sort());
  expect(await size(deliveries)).toBe(4);
  expect(await size(outgoingWebhookLogs)).toBe(2);
  expect(await size(webhookIntervals)).toBe(1);
  expect(await size(auditLog)).toBe(3);
});

test("keeps an old event that still has to be matched or sent", async () => {
  await addOrderEvent(60, { matched_revision: null });
  await addDelivery(await addOrderEvent(60), { state: "pending" });
  await addDelivery(await addOrderEvent(60), { is_resend: true, state: "pending" });
  expect(await deleteOldLogs({ signal })).toMatchObject({ orderEvents: 0 });
  expect(await size(orderEvents)).toBe(3);
  expect(await size(deliveries)).toBe(2);
});

test("goes on batch after batch, and ends when it is told to", async () => {
  await rows(sql`
    insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers,
      duration_ms, success, created_at)
    select 1, 'order.created', 1, 'https://crm.example', '{}', 5, true, now() - interval '40 days'
    from generate_series(1, 1700)`);
  const stopped = AbortSignal.abort();
  expect(await deleteOldLogs({ signal: stopped })).toMatchObject({ attempts: 0 });
  expect(await deleteOldLogs({ signal })).toMatchObject({ attempts: 1700 });
  expect(await size(outgoingWebhookLogs)).toBe(0);
});

test("requests to the inspector go too", async () => {
  for (const [number, days] of [40, 2].entries()) {
    await db()
      .insert(inspectorRequests)
      .values({
        number,
        received_at: daysAgo(days),
        method: "POST",
        target: "/",
        headers_enc: "",
        is_spelt_as_sent: true,
        body: "",
        body_bytes: 0,
        seen_before: 0,
        delay_seconds: 0,
      });
  }
  await deleteOldLogs({ signal });
  expect((await db().select().from(inspectorRequests)).map(({ number }) => number)).toEqual([1]);
});
