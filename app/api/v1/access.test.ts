import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/db/client";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { startEngine, stopEngine } from "@/inngest/engine";
import { ROLES, type Role } from "@/lib/auth/actor";
import { AcceptedEvents, Problem, TestResult } from "@/lib/openapi/answers";
import { SAMPLE_ORDER } from "@/lib/orders/sample";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { OPERATIONS } from "./operations/operations";
import { apiAs, type Call } from "./testing/api";

let database: TestDatabase;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let calls: Record<Role | "nobody", Call>;

beforeAll(async () => {
  process.env.OUTBOUND_ALLOW = "127.0.0.1";
  database = await openTestDatabase();
  startEngine(await openDatabase({ dataDir: "" }));
  receiver = await startReceiver();
  calls = { nobody: await apiAs(null) } as typeof calls;
  for (const role of ROLES) calls[role] = await apiAs(role);
  await calls.admin("POST", "outgoing-webhooks", { name: "CRM", webhook_url: receiver.url });
});
afterAll(async () => {
  await stopEngine();
  await receiver.close();
  await database.close();
});

// Ids that exist nowhere: whoever may ask hears 404, 422 or 200, whoever may not hears 403 before that.
const pathOf = (path: string) =>
  path.slice(1).replace("{webhook_id}", "999").replace("{log_id}", "999").replace("{event_id}", "none");

describe.each(
  OPERATIONS.map((operation): [string, (typeof OPERATIONS)[number]] => [operation.id, operation]),
)("%s", (_id, { method, path, role }) => {
  const body = method === "GET" || method === "DELETE" ? undefined : {};

  test("needs a token", async () => {
    const answer = await calls.nobody(method, pathOf(path), body);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(Problem.parse(answer.body)).toMatchObject({ status: 401, type: "/api/docs#problem-unauthorized" });
    const wrong = await calls.nobody(method, pathOf(path), body, { authorization: "Bearer wrong" });
    expect(wrong.status).toBe(401);
  });

  test.each(ROLES)("as %s", async (held) => {
    const answer = await calls[held](method, pathOf(path), body);
    if (ROLES.indexOf(held) >= ROLES.indexOf(role)) {
      expect([200, 404, 422], answer.text).toContain(answer.status);
    } else {
      expect(Problem.parse(answer.body)).toMatchObject({
        status: 403,
        detail: expect.stringContaining(role),
      });
    }
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });
});

describe("what is not there", () => {
  test.each([
    ["PUT", "outgoing-webhooks", "GET, POST, OPTIONS"],
    ["POST", "outgoing-webhooks/1", "GET, PUT, PATCH, DELETE, OPTIONS"],
    ["GET", "outgoing-webhooks/1/test", "POST, OPTIONS"],
    ["DELETE", "outgoing-webhook-logs", "GET, OPTIONS"],
    ["GET", "events", "POST, OPTIONS"],
    ["POST", "openapi.json", "GET, OPTIONS"],
  ])("%s %s → 405", async (method, path, allow) => {
    const answer = await calls.viewer(method, path);
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe(allow);
    expect(Problem.parse(answer.body)).toMatchObject({ status: 405 });
    const options = await calls.nobody("OPTIONS", path);
    expect(options.status).toBe(204);
    expect(options.headers.get("allow")).toBe(allow);
  });

  test.each(["webhooks", "outgoing-webhooks/1/unknown", "order-events/1/2"])("GET %s → 404", async (path) => {
    expect((await calls.nobody("GET", path)).status).toBe(401);
    const answer = await calls.viewer("GET", path);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(Problem.parse(answer.body)).toMatchObject({ status: 404, detail: expect.stringContaining(path) });
  });

  test.each([
    ["abc", 422, 'webhook_id: expected a whole number, got "abc"'],
    ["1.5", 422, 'webhook_id: expected a whole number, got "1.5"'],
    ["0", 404, "There is no webhook_id 0."],
    ["2147483648", 404, "There is no webhook_id 2147483648."],
    ["999", 404, "There is no webhook 999."],
  ])("webhook %s → %i", async (id, status, detail) => {
    expect(await calls.viewer("GET", `outgoing-webhooks/${id}`)).toMatchObject({ status, body: { detail } });
  });
});

describe("bodies", () => {
  test.each([
    ["text/plain", "{}", 415],
    ["application/x-www-form-urlencoded", "a=1", 415],
    ["application/merge-patch+json", "{}", 200],
    ["application/json; charset=utf-8", "{}", 200],
    ["application/json", "", 400],
    ["application/json", "{", 400],
    ["application/json", "[".repeat(65) + "]".repeat(65), 400],
    ["application/json", "[".repeat(1_000_000), 400],
    ["application/json", JSON.stringify({ description: "x".repeat(1024 * 1024) }), 413],
  ])("%s %s → %i", async (type, body, status) => {
    const answer = await calls.manager("PATCH", "outgoing-webhooks/1", body, { "content-type": type });
    expect(answer.status, answer.text.slice(0, 300)).toBe(status);
    if (status !== 200) Problem.parse(answer.body);
  });
});

test("a test-send answers what came back and is logged", async () => {
  const { status, body } = await calls.operator("POST", "outgoing-webhooks/1/test");
  expect(status).toBe(200);
  expect(TestResult.parse(body)).toMatchObject({ success: true, status_code: 200, error: null });
  const logs = await calls.viewer("GET", "outgoing-webhooks/1/logs?event_type=test");
  expect(logs.body).toMatchObject([{ success: true, delivery_id: null, event_id: null }]);
  const [log] = logs.body as [{ id: number }];
  expect((await calls.manager("POST", `outgoing-webhook-logs/${log.id}/resend`)).status).toBe(409);
});

describe("order events", () => {
  test("are kept, sent, and resent one by one and after a failure", async () => {
    const event = { id: "e-1", name: "order.created", data: { order: SAMPLE_ORDER } };
    const before = receiver.requests.length;
    const answer = await calls.operator("POST", "events", event);
    expect(answer).toMatchObject({ status: 200, body: { ids: ["e-1"], status: 200 } });
    expect(AcceptedEvents.parse(answer.body)).not.toHaveProperty("rejected");
    await receiver.waitFor(before + 1);
    const logs = () => calls.viewer("GET", "outgoing-webhook-logs?event_type=order.created");
    await expect.poll(async () => (await logs()).body).toHaveLength(1);
    const [log] = (await logs()).body as [{ id: number; delivery_id: string }];
    const resent = await calls.manager("POST", `outgoing-webhook-logs/${log.id}/resend`);
    expect(resent).toMatchObject({
      status: 202,
      body: { delivery_id: expect.stringMatching(/^[\da-f-]{36}$/) },
    });
    expect(resent.body).not.toEqual({ delivery_id: log.delivery_id });
    const requests = await receiver.waitFor(before + 2);
    expect(requests.at(-1)?.headers["webhook-id"]).toBe((resent.body as { delivery_id: string }).delivery_id);
  });

  test("in an array: what does not fit is named, the rest goes on", async () => {
    const events = [
      { id: "e-2", name: "order.created", data: { order: SAMPLE_ORDER } },
      { id: "e-3", name: "order.created", data: { order: { id: 1 } } },
    ];
    const { status, body } = await calls.operator("POST", "events", events);
    expect(status).toBe(200);
    expect(AcceptedEvents.parse(body)).toEqual({
      ids: ["e-2", "e-3"],
      status: 200,
      rejected: [{ id: "e-3", reason: expect.stringContaining("status") }],
    });
    expect((await calls.viewer("GET", "order-events/e-3")).body).toMatchObject({ state: "rejected" });
  });

  test.each<[string, unknown, number]>([
    ["no event", "null", 422],
    ["a number among them", [1], 422],
    ["5001 of them", Array.from({ length: 5001 }, () => ({})), 422],
    ["one over 3 MiB", { name: "order.created", data: { x: "x".repeat(3 * 1024 * 1024) } }, 413],
    ["an empty array", [], 200],
  ])("%s", async (_what, body, status) => {
    expect((await calls.operator("POST", "events", body)).status).toBe(status);
  });

  test.each([
    [{}, ["since", "until"]],
    [{ since: "yesterday", until: "2026-01-01" }, ["since"]],
    [{ since: "2026-01-02", until: "2026-01-01" }, ["until"]],
    [{ since: "2026-01-01", until: "2026-01-02", limit: 1 }, ["limit"]],
  ])("resend-failed refuses %j", async (body, paths) => {
    const answer = await calls.manager("POST", "outgoing-webhooks/1/resend-failed", body);
    expect(answer.status).toBe(422);
    expect((answer.body as { errors: { path: string }[] }).errors.map(({ path }) => path)).toEqual(paths);
  });

  test("resend-failed counts what it sends once more", async () => {
    const span = { since: "2026-01-01T00:00:00Z", until: "2099-01-01T00:00:00Z" };
    const answer = await calls.manager("POST", "outgoing-webhooks/1/resend-failed", span);
    expect(answer).toMatchObject({ status: 202, body: { count: 0 } });
  });
});
