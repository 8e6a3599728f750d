import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { deliveries, outgoingWebhookLogs, outgoingWebhooks } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { Attempt, AttemptDetail } from "@/lib/openapi/answers";
import { apiAs, type Call } from "./testing/api";

const DELIVERY = "0190163d-8694-739b-aea5-966c26f8ad90";
const START_MS = Date.parse("2026-02-11T12:00:00.123Z");
let database: TestDatabase;
let viewer: Call;

beforeAll(async () => {
  database = await openTestDatabase();
  viewer = await apiAs("viewer");
  await db()
    .insert(outgoingWebhooks)
    .values(["CRM", "Senler"].map((name) => ({ name, webhook_url: "https://a.example" })));
  await db()
    .insert(deliveries)
    .values({ id: DELIVERY, event_id: "e-1", webhook_id: 1, body: '{"from":"delivery"}' });
  await db()
    .insert(outgoingWebhookLogs)
    .values(Array.from({ length: 40 }, (_, index) => logRow(index)));
});
afterAll(() => database.close());

const EVENT_TYPES = ["order.created", "order.updated", "order.status_changed", "test"];

/** Ids 1 to 40, a minute apart. */
function logRow(index: number) {
  return {
    webhook_id: 1 + (index % 2),
    delivery_id: index === 0 ? DELIVERY : null,
    event_id: `e-${index}`,
    order_id: Math.floor(index / 4),
    order_external_id: `ext-${Math.floor(index / 4)}`,
    event_type: EVENT_TYPES[Math.floor(index / 2) % 4] ?? "test",
    attempt_number: 1,
    request_url: "https://a.example",
    request_headers: { authorization: "***" },
    request_body: index === 1 ? '{"from":"log"}' : null,
    response_status: index % 3 === 0 ? 500 : 200,
    response_headers: { server: "nginx" },
    response_body: "oops",
    duration_ms: 5,
    success: index % 3 !== 0,
    error_code: index % 3 === 0 ? "http_status" : null,
    error_message: index % 3 === 0 ? "HTTP 500" : null,
    created_at: new Date(START_MS + index * 60_000),
  };
}

type Row = ReturnType<typeof logRow>;
const timeAt = (index: number) => new Date(START_MS + index * 60_000).toISOString();

async function idsOf(query: string, path = "outgoing-webhook-logs"): Promise<number[]> {
  const answer = await viewer("GET", `${path}?limit=500&${query}`);
  expect(answer.status, answer.text).toBe(200);
  return (answer.body as { id: number }[]).map(({ id }) => id);
}

function expectedIds(matches: (row: Row) => boolean): number[] {
  const ids = Array.from({ length: 40 }, (_, index) => index).filter((index) => matches(logRow(index)));
  return ids.map((index) => index + 1).reverse();
}

describe("the log's filters", () => {
  test.each<[string, (row: Row) => boolean]>([
    ["", () => true],
    ["webhook_id=1", (row) => row.webhook_id === 1],
    ["success=false", (row) => !row.success],
    ["success=true", (row) => row.success],
    ["event_type=test", (row) => row.event_type === "test"],
    ["event_type=order.cancelled", () => false],
    ["order_id=3", (row) => row.order_id === 3],
    ["order_external_id=ext-4", (row) => row.order_external_id === "ext-4"],
    ["webhook_id=2&success=false", (row) => row.webhook_id === 2 && !row.success],
    [
      "webhook_id=2&event_type=order.updated&success=true",
      (row) => row.webhook_id === 2 && row.event_type === "order.updated" && row.success,
    ],
    [
      "order_id=3&success=true&webhook_id=1",
      (row) => row.order_id === 3 && row.success && row.webhook_id === 1,
    ],
    ["order_id=3&order_external_id=ext-4", () => false],
    ["webhook_id=99", () => false],
    ["webhook_id=&success=", () => true],
    [`since=${timeAt(30)}`, (row) => row.created_at >= new Date(timeAt(30))],
    [`until=${timeAt(5)}`, (row) => row.created_at <= new Date(timeAt(5))],
    [
      `since=${timeAt(5)}&until=${timeAt(9)}&success=true`,
      (row) => row.created_at >= new Date(timeAt(5)) && row.created_at <= new Date(timeAt(9)) && row.success,
    ],
    ["since=2026-02-11T15:10:00+03:00", (row) => row.created_at >= new Date("2026-02-11T12:10:00Z")],
    ["since=2026-02-11T15:10:00%2B03:00", (row) => row.created_at >= new Date("2026-02-11T12:10:00Z")],
    ["since=2026-02-11T12:10:00", (row) => row.created_at >= new Date("2026-02-11T12:10:00Z")],
    ["since=2026-02-12", () => false],
    ["until=0000-01-01", () => false],
    ["until=9999-12-31T23:59:59-10:00", () => true],
  ])("%s", async (query, matches) => {
    expect(await idsOf(query)).toEqual(expectedIds(matches));
  });

  test("are the same for one webhook's log, but for webhook_id", async () => {
    const path = "outgoing-webhooks/2/logs";
    expect(await idsOf("success=false", path)).toEqual(
      expectedIds((row) => row.webhook_id === 2 && !row.success),
    );
    expect((await viewer("GET", `${path}?webhook_id=2`)).status).toBe(422);
    expect((await viewer("GET", "outgoing-webhooks/99/logs")).status).toBe(404);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=501", "limit"],
    ["limit=ten", "limit"],
    ["limit=1e2", "limit"],
    ["success=yes", "success"],
    ["event_type=order.eaten", "event_type"],
    ["webhook_id=abc", "webhook_id"],
    ["webhook_id=2147483648", "webhook_id"],
    ["webhook_id=1&webhook_id=2", "webhook_id"],
    ["order_id=99999999999999999999", "order_id"],
    ["order_external_id=%00", "order_external_id"],
    ["since=yesterday", "since"],
    ["since=2026-02-30T00:00:00Z", "since"],
    ["succes=true", "succes"],
    ["cursor=zzz", "cursor"],
  ])("%s is refused, naming the parameter", async (query, path) => {
    const answer = await viewer("GET", `outgoing-webhook-logs?${query}`);
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ errors: [{ path, message: expect.any(String) }] });
  });
});

describe("paging", () => {
  test("walks without gaps or repeats while rows are added, keeping the filters", async () => {
    const seen: number[] = [];
    let next: string | null = "outgoing-webhook-logs?limit=4&webhook_id=1&success=true";
    while (next !== null) {
      const page = await viewer("GET", next);
      const attempts = page.body as { id: number }[];
      expect(attempts.length).toBeLessThanOrEqual(4);
      seen.push(...attempts.map(({ id }) => id));
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
      await db()
        .insert(outgoingWebhookLogs)
        .values({ ...logRow(2), id: 1000 + seen.length });
    }
    expect(seen).toEqual(expectedIds((row) => row.webhook_id === 1 && row.success));
    await db().execute(sql`delete from outgoing_webhook_logs where id > 40`);
  });

  test("an exact last page has no next one; 100 is the default limit", async () => {
    expect((await viewer("GET", "outgoing-webhook-logs?limit=40")).headers.get("link")).toBeNull();
    expect((await viewer("GET", "outgoing-webhook-logs?limit=39")).headers.get("link")).toContain(
      "limit=39&cursor=",
    );
    const more = Array.from({ length: 61 }, (_, index) => ({
      ...logRow(0),
      id: 2000 + index,
      delivery_id: null,
    }));
    await db().insert(outgoingWebhookLogs).values(more);
    expect((await viewer("GET", "outgoing-webhook-logs")).body).toHaveLength(100);
    await db().execute(sql`delete from outgoing_webhook_logs where id > 40`);
  });

  test("the next page's address is the one the caller can reach", async () => {
    const headers = {
      host: "127.0.0.1:3000",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "hooks.example",
    };
    const link = (await viewer("GET", "outgoing-webhook-logs?limit=1", undefined, headers)).headers.get(
      "link",
    );
    expect(link).toMatch(
      /^<https:\/\/hooks\.example\/api\/v1\/outgoing-webhook-logs\?limit=1&cursor=[\w-]+>; rel="next"$/,
    );
    const broken = { ...headers, "x-forwarded-host": "a>b; c" };
    const own = (await viewer("GET", "outgoing-webhook-logs?limit=1", undefined, broken)).headers.get("link");
    expect(own).toMatch(/^<http:\/\/api\.test\//);
  });

  test("a cursor that was altered, or belongs to another list, is refused", async () => {
    const link = (await viewer("GET", "outgoing-webhook-logs?limit=1")).headers.get("link") ?? "";
    const cursor = /cursor=([\w-]+)/.exec(link)?.[1] ?? "";
    expect((await viewer("GET", `outgoing-webhook-logs?cursor=${cursor}`)).status).toBe(200);
    const altered = Buffer.from(cursor, "base64url").toString().replace("40.", "39.");
    for (const bad of [Buffer.from(altered).toString("base64url"), `${cursor}A`, cursor.slice(1), "NDA"]) {
      expect((await viewer("GET", `outgoing-webhook-logs?cursor=${bad}`)).status, bad).toBe(422);
    }
    expect((await viewer("GET", `order-events?cursor=${cursor}`)).status).toBe(422);
  });
});

describe("one attempt", () => {
  test("has headers and bodies for an operator, headers only for a viewer", async () => {
    const operator = await apiAs("operator");
    const full = (await operator("GET", "outgoing-webhook-logs/1")).body;
    expect(AttemptDetail.parse(full)).toEqual({
      id: 1,
      webhook_id: 1,
      webhook_name: "CRM",
      delivery_id: DELIVERY,
      event_id: "e-0",
      order_id: 0,
      order_external_id: "ext-0",
      event_type: "order.created",
      attempt_number: 1,
      request_url: "https://a.example",
      request_method: "POST",
      response_status: 500,
      duration_ms: 5,
      success: false,
      error_message: "HTTP 500",
      created_at: timeAt(0),
      request_headers: { authorization: "***" },
      request_body: '{"from":"delivery"}',
      response_headers: { server: "nginx" },
      response_body: "oops",
    });
    expect((await operator("GET", "outgoing-webhook-logs/2")).body).toMatchObject({
      request_body: '{"from":"log"}',
    });
    const { request_body: _request, response_body: _response, ...shown } = full as Record<string, unknown>;
    expect((await viewer("GET", "outgoing-webhook-logs/1")).body).toEqual(shown);
  });

  test("in a list it has exactly contract 3's fields", async () => {
    const [first] = (await viewer("GET", "outgoing-webhook-logs?limit=1")).body as unknown[];
    expect(Object.keys(Attempt.parse(first))).toEqual(Object.keys(Attempt.shape));
  });

  test.each([
    ["abc", 422, /log_id: expected a whole number, got "abc"/],
    ["1.5", 422, /log_id/],
    ["0", 404, /no log_id 0/],
    ["-1", 404, /no log_id -1/],
    ["41", 404, /no attempt 41/],
    ["99999999999999999999", 404, /no log_id/],
  ])("%s is answered with %i", async (id, status, detail) => {
    const answer = await viewer("GET", `outgoing-webhook-logs/${id}`);
    expect(answer).toMatchObject({ status, body: { status, detail: expect.stringMatching(detail) } });
  });
});
