import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { orderEvents, outgoingWebhookLogs, webhookIntervals, webhookStats } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { type Actor, ROLES, type Role, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { actorAs } from "@/lib/auth/testing/actor-as";
import { listLastFaults } from "@/lib/log/last-faults";
import { recentOrderEvents } from "@/lib/log/recent-order-events";
import { listStrips } from "@/lib/log/strips";
import { prepareOrderEvent } from "@/lib/orders/prepare-order-event";
import { refuse } from "@/lib/refusals/refuse";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { browseWebhooks } from "./browse";
import { DryRunConfig, dryRun } from "./dry-run";
import { DRY_RUN_FIELDS, mapFields } from "./fields";
import { judgeUrl } from "./judge-url";
import { listWebhooks } from "./list";
import { listWebhookChoices } from "./list-choices";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

const ALL = DryRunConfig.parse(
  mapFields(DRY_RUN_FIELDS, (name) => (name.startsWith("send_on_") ? true : null)),
);

async function addEvents(events: { name?: string; order?: Record<string, unknown> }[]): Promise<void> {
  const rows = events.map(({ name = "order.created", order }, index) =>
    prepareOrderEvent({ id: `e-${index}`, name, data: { order: { id: index, status: "OnWay", ...order } } }),
  );
  await db()
    .insert(orderEvents)
    .values(
      rows.map(({ row }) => ({
        id: row.id,
        name: row.name,
        data: row.data,
        state: row.state,
        refusals: row.refusals,
      })),
    );
}

test("a trial run tells what would go, and the first reason for the rest, most frequent first", async () => {
  await addEvents([
    { order: { order_type: "DELIVERY" } },
    { order: { order_type: "PICKUP" } },
    { order: {} },
    { name: "order.cancelled", order: { order_type: "DELIVERY" } },
    { name: "order.unknown" },
  ]);
  const config = { ...ALL, send_on_order_cancelled: false, filter_order_types: ["DELIVERY" as const] };
  expect(await dryRun({ actor: SYSTEM_ACTOR, config })).toEqual({
    total: 4,
    sent: 1,
    skipped: [
      { code: "order_type_filter", count: 2 },
      { code: "event_off", count: 1 },
    ],
  });
});

test("a trial run looks at the last 100 accepted events only", async () => {
  await addEvents(Array.from({ length: 130 }, (_, index) => ({ order: { organization_id: `o-${index}` } })));
  expect(await dryRun({ actor: SYSTEM_ACTOR, config: ALL })).toEqual({ total: 100, sent: 100, skipped: [] });
  const config = { ...ALL, filter_organization_ids: ["o-0", "o-129"] };
  expect(await dryRun({ actor: SYSTEM_ACTOR, config })).toMatchObject({ total: 100, sent: 1 });
});

test("recent events come newest first, without those too large for a preview", async () => {
  await addEvents([{}, { order: { problem: "x".repeat(70_000) } }, { name: "order.updated" }]);
  const events = await recentOrderEvents({ actor: SYSTEM_ACTOR, limit: 10 });
  expect(events.map(({ id, name }) => [id, name])).toEqual([
    ["e-2", "order.updated"],
    ["e-0", "order.created"],
  ]);
});

test("a strip has 24 hours, the present one last, and sums what fell into each", async () => {
  const id = await makeWebhook();
  const quiet = await makeWebhook({ name: "Quiet" });
  const now = new Date("2026-02-11T12:34:56Z");
  const at = (startsAt: string, succeeded: number, failed: number) => ({
    webhook_id: id,
    starts_at: new Date(startsAt),
    succeeded,
    failed,
    durations: [],
  });
  await db()
    .insert(webhookIntervals)
    .values([
      at("2026-02-11T12:30:00Z", 1, 2),
      at("2026-02-11T12:00:00Z", 3, 0),
      at("2026-02-10T13:00:00Z", 5, 0),
      at("2026-02-10T12:55:00Z", 9, 9),
    ]);
  const strips = await listStrips({ actor: SYSTEM_ACTOR, now, webhookIds: [id, quiet] });
  const strip = strips.get(id);
  expect(strip).toHaveLength(24);
  expect(strip?.at(-1)).toEqual({ startsAt: "2026-02-11T12:00:00.000Z", succeeded: 4, failed: 2 });
  expect(strip?.at(0)).toEqual({ startsAt: "2026-02-10T13:00:00.000Z", succeeded: 5, failed: 0 });
  expect(strip?.slice(1, -1).every((hour) => hour.succeeded + hour.failed === 0)).toBe(true);
  expect(strips.has(quiet)).toBe(false);
  expect(await listStrips({ actor: SYSTEM_ACTOR, now, webhookIds: [quiet] })).toEqual(new Map());
});

const TOO_LATE = refuse("fault_timeout_waiting", { at: "crm.example", ms: 5000 });

test("the newest failure counts only while nothing succeeded since, tests aside", async () => {
  const failing = await makeWebhook({ name: "Failing" });
  const mended = await makeWebhook({ name: "Mended" });
  const log = (webhookId: number, changes: object) => ({
    webhook_id: webhookId,
    event_type: "order.created",
    attempt_number: 1,
    request_url: "https://crm.example",
    request_headers: {},
    duration_ms: 5,
    success: false,
    error_code: "http_401",
    fault: refuse("fault_status_401", { receiver: "crm.example", answer: "401 Unauthorized" }),
    ...changes,
  });
  await db()
    .insert(outgoingWebhookLogs)
    .values([
      log(failing, {}),
      log(failing, { error_code: "timeout", fault: TOO_LATE }),
      log(failing, { event_type: "test", error_code: "dns" }),
      log(mended, {}),
    ]);
  const failedAt = new Date("2026-02-11T12:00:00Z");
  const stats = { total_sent: 2, total_failed: 2, last_sent_at: failedAt, last_error: "too late" };
  for (const [webhookId, consecutive_failures] of [
    [failing, 2],
    [mended, 0],
  ] as const) {
    await db()
      .update(webhookStats)
      .set({ ...stats, consecutive_failures })
      .where(eq(webhookStats.webhook_id, webhookId));
  }
  const { items: webhooks } = await listWebhooks({ actor: SYSTEM_ACTOR });
  expect(await listLastFaults({ actor: SYSTEM_ACTOR, webhooks })).toEqual(
    new Map([[failing, { logId: 2, code: "timeout", fault: TOO_LATE }]]),
  );
});

const VERBS: [verb: string, least: Role, run: (actor: Actor) => unknown][] = [
  ["dryRun", "manager", (actor) => dryRun({ actor, config: ALL })],
  ["judgeUrl", "manager", async (actor) => judgeUrl({ actor, url: "https://crm.example" })],
  ["recentOrderEvents", "operator", (actor) => recentOrderEvents({ actor, limit: 1 })],
  ["listStrips", "viewer", (actor) => listStrips({ actor, webhookIds: [] })],
  ["browseWebhooks", "viewer", (actor) => browseWebhooks({ actor, search: "", limit: 1 })],
  ["listWebhookChoices", "viewer", (actor) => listWebhookChoices({ actor, chosenId: undefined, limit: 1 })],
  ["listLastFaults", "viewer", (actor) => listLastFaults({ actor, webhooks: [] })],
];

test.each(VERBS)("%s refuses whoever is below %s", async (_verb, least, run) => {
  const roleless = "guest" as Role;
  for (const role of [roleless, ...ROLES.slice(0, ROLES.indexOf(least))]) {
    await expect(run(actorAs(role)), role).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(run(actorAs(least))).resolves.toBeDefined();
});
