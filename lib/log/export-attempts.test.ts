import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rows } from "@/db/client";
import type { AttemptRow } from "@/db/queries/logs";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { Actor } from "@/lib/auth/actor";
import { makeWebhook } from "@/lib/webhooks/testing/make-webhook";
import { exportAttempts } from "./export-attempts";

const ROWS = 50_000;
const viewer: Actor = { kind: "user", id: 1, name: "Viewer", role: "viewer" };

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const name of ["CRM", "Senler"]) {
    await makeWebhook({ name, webhook_url: "https://crm.example/?token=secret-in-url" });
  }
  await rows(sql`
    insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers,
      request_body, response_status, response_body, duration_ms, success, created_at)
    select 1 + n % 2, 'order.created', 1, 'https://crm.example/?token=secret-in-url', '{}'::json, 'a request body',
           case when n % 5 = 0 then 500 else 200 end, 'an answer''s body', 5, n % 5 <> 0,
           timestamptz '2026-02-11' + n * interval '1 second'
    from generate_series(1, ${ROWS}::int) n`);
  await rows(sql`analyze outgoing_webhook_logs`);
}, 120_000);
afterAll(() => database.close());

async function walk(
  filters: object,
): Promise<{ ids: number[]; longest: number; last: AttemptRow | undefined }> {
  const ids: number[] = [];
  let longest = 0;
  let last: AttemptRow | undefined;
  for await (const page of exportAttempts({ actor: viewer, filters: { limit: 1, ...filters } })) {
    ids.push(...page.map(({ id }) => id));
    longest = Math.max(longest, page.length);
    last = page.at(-1);
  }
  return { ids, longest, last };
}

test("the whole log comes newest first, each attempt once, a page of 500 at a time", async () => {
  const { ids, longest } = await walk({});
  expect(ids).toEqual(Array.from({ length: ROWS }, (_, index) => ROWS - index));
  expect(longest).toBe(500);
}, 60_000);

test("a filter holds for every page, and an exact last page is the last", async () => {
  const { ids } = await walk({ webhook_id: 1, success: false });
  expect(ids).toEqual(Array.from({ length: ROWS / 10 }, (_, index) => ROWS - 10 * index));
  expect((await walk({ until: new Date("2020-01-01") })).ids).toEqual([]);
});

test("a viewer gets no bodies, and no secret of a URL", async () => {
  const { last } = await walk({ until: new Date("2026-02-11T00:00:03Z") });
  expect(last).toMatchObject({ id: 1, webhook_name: "Senler" });
  expect(JSON.stringify(last)).not.toMatch(/body|secret-in-url/);
});

test("what comes into the log meanwhile is left out", async () => {
  const pages = exportAttempts({ actor: viewer, filters: { limit: 1 } });
  const first = (await pages.next()).value as AttemptRow[];
  await rows(sql`
    insert into outgoing_webhook_logs (webhook_id, event_type, attempt_number, request_url, request_headers,
      duration_ms, success) values (1, 'test', 1, 'https://crm.example', '{}'::json, 1, true)`);
  const second = (await pages.next()).value as AttemptRow[];
  expect(second[0]?.id).toBe((first.at(-1)?.id ?? 0) - 1);
  await pages.return(undefined);
});
