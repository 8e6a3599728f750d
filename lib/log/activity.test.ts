import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/db/client";
import { webhookIntervals } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { DURATION_BUCKETS_MS } from "./duration-buckets";
import { getOverview, getWebhookActivity } from "./get-overview";

const NOW = new Date("2026-02-11T12:30:00Z");
const HOUR_MS = 3_600_000;

let database: TestDatabase;
const webhookIds: number[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  for (const name of ["CRM", "Senler"]) {
    webhookIds.push(await makeWebhook({ name }));
  }
  const [crm = 0, senler = 0] = webhookIds;
  await add({ webhook_id: crm, hoursAgo: 0.25, succeeded: 6, failed: 2 });
  await add({ webhook_id: crm, hoursAgo: 23.5, succeeded: 1, failed: 0 });
  await add({ webhook_id: senler, hoursAgo: 1, succeeded: 3, failed: 0 });
  // The time before ends as far into its last step as the present one has come.
  await add({ webhook_id: crm, hoursAgo: 23.75, succeeded: 100, failed: 0 });
  await add({ webhook_id: crm, hoursAgo: 24.25, succeeded: 3, failed: 1 });
  await add({ webhook_id: senler, hoursAgo: 30, succeeded: 4, failed: 0 });
  await add({ webhook_id: crm, hoursAgo: 48, succeeded: 50, failed: 0 });
});
afterAll(() => database.close());

async function add({
  hoursAgo,
  ...row
}: {
  webhook_id: number;
  hoursAgo: number;
  succeeded: number;
  failed: number;
}) {
  const starts_at = new Date(NOW.getTime() - hoursAgo * HOUR_MS);
  const durations = DURATION_BUCKETS_MS.map((_, bucket) => (bucket === 0 ? row.succeeded + row.failed : 0));
  await db()
    .insert(webhookIntervals)
    .values({ ...row, starts_at, durations });
}

test("a day is compared with the day before up to the same time of day", async () => {
  const input = { actor: SYSTEM_ACTOR, period: "day", timeZone: "UTC", now: NOW } as const;
  const overview = await getOverview(input);
  expect([overview.sent, overview.failed, overview.before.sent, overview.before.failed]).toEqual([
    12, 2, 8, 1,
  ]);
  expect(overview.before.successRate).toBe(87.5);
  expect(overview.sentBefore).toHaveLength(overview.series.length);
  expect(overview.sentBefore.at(-1)).toBe(4);
  expect(overview.sentBefore.at(-7)).toBe(4);

  const crm = await getWebhookActivity({ ...input, webhookId: webhookIds[0] ?? 0 });
  expect([crm.sent, crm.failed, crm.before.sent]).toEqual([9, 2, 4]);
  expect(crm.series.at(-1)).toMatchObject({ startsAt: "2026-02-11T12:00:00Z", sent: 8 });
});
