import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import {
  auditLog,
  deliveries,
  outgoingWebhookLogs,
  outgoingWebhooks,
  webhookRevisions,
  webhookStats,
} from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { decrypt } from "@/lib/crypto";
import { Problem } from "@/lib/openapi/answers";
import { INPUT_FIELDS } from "@/lib/webhooks/fields";
import { Webhook } from "@/lib/webhooks/view";
import { type Answer, apiAs, type Call } from "./testing/api";

const GOOD = { name: "CRM", webhook_url: "https://crm.example/hook" };
const SECRET = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
let database: TestDatabase;
let manager: Call;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.empty();
  manager = await apiAs("manager");
});

type WebhookJson = Record<string, unknown> & { id: number };

async function create(fields: Record<string, unknown> = {}): Promise<WebhookJson> {
  const made = await manager("POST", "outgoing-webhooks", { ...GOOD, ...fields });
  expect(made.text).not.toContain("errors");
  expect(made.status).toBe(201);
  return Webhook.parse(made.body) as WebhookJson;
}

function errorsOf(answer: Answer): Record<string, string> {
  expect(answer.status).toBe(422);
  const problem = Problem.parse(answer.body);
  return Object.fromEntries((problem.errors ?? []).map(({ path, message }) => [path, message]));
}

describe("creating", () => {
  test("fills in the guide's defaults and says where the webhook is", async () => {
    const made = await manager("POST", "outgoing-webhooks", GOOD);
    expect(made.status).toBe(201);
    expect(made.headers.get("location")).toBe("/api/v1/outgoing-webhooks/1");
    expect(made.headers.get("cache-control")).toBe("no-store");
    expect(made.body).toEqual({
      ...GOOD,
      id: 1,
      description: null,
      is_active: true,
      deactivated_reason: null,
      auth_type: "none",
      auth_token: null,
      auth_username: null,
      auth_password: null,
      custom_headers: null,
      send_on_order_created: true,
      send_on_order_updated: true,
      send_on_order_status_changed: true,
      send_on_order_cancelled: false,
      filter_organization_ids: null,
      filter_order_types: null,
      filter_statuses: null,
      payload_format: "iiko_soi",
      include_fields: null,
      custom_payload_template: null,
      retry_count: 3,
      retry_delay_seconds: 5,
      timeout_seconds: 30,
      ordered: true,
      give_up_after_minutes: 0,
      signing_secret: null,
      total_sent: 0,
      total_success: 0,
      total_failed: 0,
      success_rate: null,
      last_sent_at: null,
      last_success_at: null,
      last_error: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updated_at: expect.stringMatching(/Z$/),
    });
  });

  test("writes the statistics, a revision and an audit row with it", async () => {
    await create({ auth_type: "bearer", auth_token: "t0p-secret" });
    expect(await db().select().from(webhookStats)).toMatchObject([{ webhook_id: 1, total_sent: 0 }]);
    expect(await db().select().from(webhookRevisions)).toMatchObject([
      { webhook_id: 1, is_deleted: false, config: { name: "CRM", is_active: true, filter_statuses: null } },
    ]);
    const [row] = await db().select().from(auditLog).where(eq(auditLog.action, "webhook.create"));
    expect(row).toMatchObject({ subject_id: "1", subject_name: "CRM", actor_name: "a manager" });
    expect(row?.changes).toMatchObject({
      name: { from: null, to: "CRM" },
      auth_token: { from: null, to: "set" },
    });
    expect(JSON.stringify(row)).not.toContain("t0p-secret");
  });

  test.each([
    [{}, { name: /^is required/, webhook_url: /^is required/ }],
    [{ ...GOOD, name: "  " }, { name: /1 to 255/ }],
    [{ ...GOOD, name: "x".repeat(256) }, { name: /1 to 255.*256/ }],
    [{ ...GOOD, name: "a\0b" }, { name: /NUL/ }],
    [{ ...GOOD, webhook_url: "crm.example" }, { webhook_url: /https:\/\// }],
    [{ ...GOOD, webhook_url: "http://127.0.0.1/" }, { webhook_url: /OUTBOUND_ALLOW/ }],
    [{ ...GOOD, retry_count: 11 }, { retry_count: /^expected an integer from 0 to 10, got 11$/ }],
    [{ ...GOOD, retry_count: -1 }, { retry_count: /got -1/ }],
    [{ ...GOOD, retry_count: "3" }, { retry_count: /got "3"/ }],
    [{ ...GOOD, retry_count: 1.5 }, { retry_count: /got 1.5/ }],
    [{ ...GOOD, retry_delay_seconds: 0 }, { retry_delay_seconds: /from 1 to 300, got 0/ }],
    [{ ...GOOD, retry_delay_seconds: 301 }, { retry_delay_seconds: /got 301/ }],
    [{ ...GOOD, timeout_seconds: 4 }, { timeout_seconds: /from 5 to 300, got 4/ }],
    [{ ...GOOD, timeout_seconds: 301 }, { timeout_seconds: /got 301/ }],
    [{ ...GOOD, ordered: 1 }, { ordered: /true or false/ }],
    [{ ...GOOD, give_up_after_minutes: 10_081 }, { give_up_after_minutes: /from 0 to 10080, got 10081/ }],
    [{ ...GOOD, give_up_after_minutes: -1 }, { give_up_after_minutes: /got -1/ }],
    [{ ...GOOD, is_active: null }, { is_active: /true or false, got null/ }],
    [{ ...GOOD, is_active: "true" }, { is_active: /true or false/ }],
    [{ ...GOOD, auth_type: "digest" }, { auth_type: /none, bearer, basic, custom/ }],
    [
      { ...GOOD, payload_format: "xml" },
      { payload_format: /iiko_soi, iiko_cloud, iiko_cloud_native, custom/ },
    ],
    [{ ...GOOD, filter_order_types: ["FLYING"] }, { "filter_order_types.0": /DELIVERY, PICKUP, DINE_IN/ }],
    [{ ...GOOD, filter_order_types: "[DELIVERY]" }, { filter_order_types: /JSON/ }],
    [{ ...GOOD, filter_statuses: "OnWay" }, { filter_statuses: /JSON/ }],
    [{ ...GOOD, filter_statuses: '{"a":1}' }, { filter_statuses: /an array, or null/ }],
    [{ ...GOOD, filter_organization_ids: [""] }, { "filter_organization_ids.0": /1 to 200/ }],
    [{ ...GOOD, include_fields: ["price"] }, { "include_fields.0": /customer_name/ }],
    [{ ...GOOD, custom_headers: ["X-Key"] }, { custom_headers: /an object/ }],
    [{ ...GOOD, custom_headers: { Host: "a" } }, { "custom_headers.Host": /product itself/ }],
    [{ ...GOOD, custom_headers: { "X-Key": "a\r\nb" } }, { "custom_headers.X-Key": /one line/ }],
    [{ ...GOOD, custom_headers: { "X-Key": 5 } }, { "custom_headers.X-Key": /text/ }],
    [
      { ...GOOD, webhook_url: "https://crm.example/\u200bhook" },
      { webhook_url: /invisible.*U\+200B ZERO WIDTH SPACE at position 21/ },
    ],
    [
      { ...GOOD, custom_headers: { "X-Key\u2060": "a" } },
      { "custom_headers.X-Key\u2060": /invisible.*U\+2060 WORD JOINER at position 6/ },
    ],
    [
      { ...GOOD, custom_headers: { "X-Key": "a\u00adb" } },
      { "custom_headers.X-Key": /SOFT HYPHEN at position 2/ },
    ],
    [
      { ...GOOD, custom_headers: { "X-Key": "ключ" } },
      { "custom_headers.X-Key": /"к" \(U\+043A\) at position 1/ },
    ],
    [
      { ...GOOD, filter_organization_ids: ["a\ufeffb"] },
      { "filter_organization_ids.0": /U\+FEFF.*position 2/ },
    ],
    [{ ...GOOD, filter_statuses: ["On\u200dWay"] }, { "filter_statuses.0": /U\+200D.*position 3/ }],
    [{ ...GOOD, filter_order_types: ["DELIVERY\u200b"] }, { "filter_order_types.0": /U\+200B.*position 9/ }],
    [
      { ...GOOD, auth_type: "basic", auth_username: "u\u200f", auth_password: "p" },
      { auth_username: /U\+200F RIGHT-TO-LEFT MARK at position 2/ },
    ],
    [
      { ...GOOD, auth_type: "bearer", auth_token: "Bearer abc" },
      { auth_token: /[Ll]eave out the word Bearer/ },
    ],
    [{ ...GOOD, auth_type: "bearer", auth_token: "abс" }, { auth_token: /"с" \(U\+0441\) at position 3/ }],
    [{ ...GOOD, custom_payload_template: "{" }, { custom_payload_template: /not valid JSON/ }],
    [
      { ...GOOD, custom_payload_template: '{"a":"{{order.statu}}"}' },
      { custom_payload_template: /a: unknown placeholder.*order\.status/ },
    ],
    [{ ...GOOD, signing_secret: "hunter2" }, { signing_secret: /whsec_/ }],
    [
      { ...GOOD, signing_secret: `whsec_${Buffer.alloc(23).toString("base64")}` },
      { signing_secret: /24 to 64/ },
    ],
    [{ ...GOOD, auth_type: "bearer" }, { auth_token: /needs/ }],
    [{ ...GOOD, auth_type: "bearer", auth_token: "" }, { auth_token: /needs/ }],
    [{ ...GOOD, auth_type: "bearer", auth_token: "***" }, { auth_token: /keep/ }],
    [
      { ...GOOD, auth_type: "basic" },
      { auth_username: /needs/, auth_password: /needs/ },
    ],
    [{ ...GOOD, auth_type: "custom", custom_headers: {} }, { custom_headers: /at least one/ }],
    [
      { ...GOOD, auth_type: "custom", custom_headers: { "X-Key": "***" } },
      { "custom_headers.X-Key": /keep/ },
    ],
    [{ ...GOOD, retry_cout: 3 }, { retry_cout: /^unknown field; did you mean retry_count\?$/ }],
    [{ ...GOOD, colour: "red" }, { colour: /^unknown field$/ }],
    [
      JSON.parse(`{"name":"a","webhook_url":"https://a.example","__proto__":{"is_active":false}}`),
      JSON.parse(`{"__proto__":"unknown field"}`),
    ],
    [[], { "": /JSON object/ }],
    [null, { "": /JSON object/ }],
    ["[1", null],
  ])("refuses %j", async (body, expectedErrors) => {
    const answer = await manager("POST", "outgoing-webhooks", body);
    if (expectedErrors === null) {
      expect(answer.status).toBe(400);
    } else {
      const errors = errorsOf(answer);
      const wanted = Object.entries(expectedErrors as Record<string, RegExp | string>);
      for (const [path, message] of wanted) expect(errors[path], answer.text).toMatch(message);
      expect(Object.keys(errors)).toHaveLength(wanted.length);
    }
    expect(await db().select().from(outgoingWebhooks)).toEqual([]);
  });

  test("takes lists and headers also as strings that hold their JSON", async () => {
    const webhook = await create({
      auth_type: "custom",
      custom_headers: '{"X-API-Key": "k-1"}',
      filter_organization_ids: '["550e8400-e29b-41d4-a716-446655440000"]',
      filter_order_types: '["DELIVERY", "DELIVERY"]',
      filter_statuses: '["COOKING_STARTED", "OnWay", "Packed"]',
      include_fields: "null",
      description: "",
    });
    expect(webhook).toMatchObject({
      custom_headers: { "X-API-Key": "***" },
      filter_organization_ids: ["550e8400-e29b-41d4-a716-446655440000"],
      filter_order_types: ["DELIVERY"],
      filter_statuses: ["CookingStarted", "OnWay", "Packed"],
      include_fields: null,
      description: null,
    });
    const cleared = await manager("PUT", `outgoing-webhooks/${webhook.id}`, { filter_statuses: "" });
    expect(cleared.body).toMatchObject({ filter_statuses: null, filter_order_types: ["DELIVERY"] });
  });

  test("trims secrets", async () => {
    await create({
      auth_type: "bearer",
      auth_token: " t-1\n",
      auth_password: "\tp-1 ",
      custom_headers: { "X-Key": " k-1 " },
      signing_secret: ` ${SECRET}\n`,
    });
    const [stored] = await db().select().from(outgoingWebhooks);
    expect(decrypt(stored?.auth_token_enc ?? "")).toBe("t-1");
    expect(decrypt(stored?.auth_password_enc ?? "")).toBe("p-1");
    expect(JSON.parse(decrypt(stored?.custom_headers_enc ?? ""))).toEqual({ "X-Key": "k-1" });
    expect(decrypt(stored?.signing_secret_enc ?? "")).toBe(SECRET);
  });

  test("keeps secrets encrypted and shows none of them anywhere", async () => {
    const secrets = { auth_token: "tok-5ecret", auth_password: "pw-5ecret", signing_secret: SECRET };
    const headers = { "X-Key": "hd-5ecret" };
    const webhook = await create({ ...secrets, auth_username: "shop", custom_headers: headers });
    const shown = [
      await manager("GET", `outgoing-webhooks/${webhook.id}`),
      await manager("GET", "outgoing-webhooks"),
      await manager("PATCH", `outgoing-webhooks/${webhook.id}`, { name: "B" }),
    ];
    for (const { text } of shown) {
      expect(text).toContain(
        '"auth_token":"***","auth_username":"shop","auth_password":"***","custom_headers":{"X-Key":"***"}',
      );
      expect(text).toContain('"signing_secret":"***"');
    }
    const stored = JSON.stringify([
      await db().select().from(outgoingWebhooks),
      await db().select().from(auditLog),
    ]);
    for (const secret of [...Object.values(secrets), ...Object.values(headers)]) {
      expect(stored).not.toContain(secret);
      for (const { text } of shown) expect(text).not.toContain(secret);
    }
  });
});

describe("changing", () => {
  test.each(["PATCH", "PUT"])("%s changes the fields given and no others", async (method) => {
    const before = await create({ description: "as it was", filter_statuses: ["OnWay"] });
    const { status, body } = await manager(method, `outgoing-webhooks/${before.id}`, { retry_count: 0 });
    expect(status).toBe(200);
    const { updated_at, ...after } = Webhook.parse(body);
    expect(after).toEqual({ ...before, updated_at: undefined, retry_count: 0 });
    expect(Date.parse(updated_at)).toBeGreaterThanOrEqual(Date.parse(String(before.updated_at)));
  });

  test.each(["PATCH", "PUT"])("%s takes back what was read, and keeps every secret", async (method) => {
    const { id } = await create({
      auth_type: "custom",
      auth_token: "t-1",
      auth_username: "u",
      auth_password: "p-1",
      custom_headers: { "X-Key": "k-1", "X-Shop": "s-1" },
      signing_secret: SECRET,
      custom_payload_template: '{"s":"{{status}}"}',
    });
    const read = (await manager("GET", `outgoing-webhooks/${id}`)).body as Record<string, unknown>;
    const [stored] = await db().select().from(outgoingWebhooks);
    const again = await manager(method, `outgoing-webhooks/${id}`, read);
    expect(again).toMatchObject({ status: 200, body: read });
    expect(await db().select().from(outgoingWebhooks)).toEqual([stored]);
    // Nothing changed, so nothing is told.
    expect(await db().select().from(webhookRevisions)).toHaveLength(1);
    expect(await db().select().from(auditLog).where(eq(auditLog.action, "webhook.update"))).toEqual([]);
  });

  test("a header marked *** keeps its value beside changed ones; an unknown one is refused", async () => {
    const { id } = await create({ auth_type: "custom", custom_headers: { "X-Key": "k-1", "X-Old": "o" } });
    const custom_headers = { "x-key": "***", "X-New": "n-1" };
    const { body } = await manager("PATCH", `outgoing-webhooks/${id}`, { custom_headers });
    expect(body).toMatchObject({ custom_headers: { "x-key": "***", "X-New": "***" } });
    const [stored] = await db().select().from(outgoingWebhooks);
    expect(JSON.parse(decrypt(stored?.custom_headers_enc ?? ""))).toEqual({ "x-key": "k-1", "X-New": "n-1" });
    const refused = await manager("PATCH", `outgoing-webhooks/${id}`, { custom_headers: { "X-Old": "***" } });
    expect(errorsOf(refused)["custom_headers.X-Old"]).toMatch(/has none/);
  });

  test.each([
    [{ auth_type: "basic", auth_username: "u", auth_password: " " }, /needs a password/, "auth_password"],
    [{ auth_type: "basic", auth_username: "u" }, /needs a password/, "auth_password"],
    [{ auth_type: "custom" }, /at least one/, "custom_headers"],
    [{ name: null }, /1 to 255/, "name"],
    [{ retry_count: null }, /0 to 10/, "retry_count"],
    [{ timeout: 5 }, /timeout_seconds/, "timeout"],
  ])("refuses %j on a bearer webhook and changes nothing", async (input, message, path) => {
    const before = await create({ auth_type: "bearer", auth_token: "t-1" });
    const refused = await manager("PATCH", `outgoing-webhooks/${before.id}`, {
      description: "new",
      ...input,
    });
    expect(errorsOf(refused)[path]).toMatch(message);
    expect((await manager("GET", `outgoing-webhooks/${before.id}`)).body).toEqual(before);
    expect(await db().select().from(webhookRevisions)).toHaveLength(1);
  });

  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ["bearer", { auth_token: "t-1" }, { auth_token: "" }],
    ["bearer", { auth_token: "t-1" }, { auth_token: null }],
    ["basic", { auth_username: "u", auth_password: "p-1" }, { auth_password: "  " }],
    ["custom", { custom_headers: { "X-Key": "k-1" } }, { custom_headers: null }],
    ["custom", { custom_headers: { "X-Key": "k-1" } }, { custom_headers: {} }],
  ])("an empty secret of the %s authorization in use keeps it", async (auth_type, secrets, empty) => {
    const { id } = await create({ auth_type, ...secrets });
    const [before] = await db().select().from(outgoingWebhooks);
    const all = { auth_token: null, auth_password: null, custom_headers: null };
    const answer = await manager("PUT", `outgoing-webhooks/${id}`, { ...all, ...empty, name: "New" });
    expect(answer, answer.text).toMatchObject({ status: 200, body: { name: "New" } });
    const [after] = await db().select().from(outgoingWebhooks);
    expect(after).toEqual({ ...before, name: "New", updated_at: after?.updated_at });
  });

  test("a new origin asks for the secrets that would go there, and a new path does not", async () => {
    const { id } = await create({
      auth_type: "bearer",
      auth_token: "t-1",
      custom_headers: { "X-Key": "k-1", "X-Shop": "s-1" },
      signing_secret: SECRET,
    });
    const path = `outgoing-webhooks/${id}`;
    const [before] = await db().select().from(outgoingWebhooks);
    expect((await manager("PATCH", path, { webhook_url: "https://crm.example/new" })).status).toBe(200);
    for (const webhook_url of [
      "https://mine.example/hook",
      "https://crm.example:8443/hook",
      "http://crm.example/hook",
    ]) {
      for (const change of [
        {},
        { auth_token: "***", custom_headers: { "X-Key": "***", "X-Shop": "***" } },
        { auth_token: "", auth_type: "bearer" },
        { auth_type: "none" },
      ]) {
        const errors = errorsOf(await manager("PUT", path, { webhook_url, ...change }));
        expect(Object.keys(errors).sort()).toEqual([
          "auth_token",
          "custom_headers.X-Key",
          "custom_headers.X-Shop",
        ]);
        expect(errors.auth_token).toMatch(/moves from https:\/\/crm\.example to .*give this secret again/);
      }
    }
    const [unchanged] = await db().select().from(outgoingWebhooks);
    expect(unchanged?.auth_token_enc).toBe(before?.auth_token_enc);
    const webhook_url = "https://mine.example/hook";
    const anew = { webhook_url, auth_token: "t-2", custom_headers: null };
    expect((await manager("PUT", path, anew)).body).toMatchObject({ webhook_url, signing_secret: "***" });
    const none = { webhook_url: "https://crm.example", auth_type: "none", auth_token: null };
    expect((await manager("PUT", path, none)).body).toMatchObject(none);
  });

  test("null clears what may be empty, secrets too, and the audit names them without values", async () => {
    const { id } = await create({
      auth_type: "bearer",
      auth_token: "token-nobody-may-see-1",
      signing_secret: SECRET,
      description: "d",
    });
    const cleared = { auth_type: "none", auth_token: null, signing_secret: null, description: null };
    expect((await manager("PATCH", `outgoing-webhooks/${id}`, cleared)).body).toMatchObject(cleared);
    await manager("PATCH", `outgoing-webhooks/${id}`, { auth_token: "token-nobody-may-see-2" });
    await manager("PATCH", `outgoing-webhooks/${id}`, { auth_token: "token-nobody-may-see-3" });
    const rows = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, "webhook.update"))
      .orderBy(auditLog.id);
    expect(rows.map((row) => row.changes?.auth_token)).toEqual([
      { from: "***", to: "cleared" },
      { from: null, to: "set" },
      { from: "***", to: "replaced" },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/nobody-may-see|whsec_/);
  });

  test("changes at once lose none of each other's fields", async () => {
    const { id } = await create();
    const changes = [
      { name: "B" },
      { description: "d" },
      { retry_count: 7 },
      { timeout_seconds: 60 },
      { ordered: false },
      { give_up_after_minutes: 1440 },
      { auth_token: "t" },
    ];
    const answers = await Promise.all(
      changes.map((change) => manager("PATCH", `outgoing-webhooks/${id}`, change)),
    );
    expect(answers.map((answer) => answer.status)).toEqual(changes.map(() => 200));
    expect((await manager("GET", `outgoing-webhooks/${id}`)).body).toMatchObject({
      name: "B",
      description: "d",
      retry_count: 7,
      timeout_seconds: 60,
      ordered: false,
      give_up_after_minutes: 1440,
      auth_token: "***",
    });
    const newest = (await db().select().from(webhookRevisions).orderBy(webhookRevisions.seq)).at(-1);
    expect(newest?.config).toMatchObject({ name: "B" });
  });

  test("switching off cancels what is pending and forgets the product's own reason when on again", async () => {
    const { id } = await create();
    await db().insert(deliveries).values(pendingDelivery(id));
    await manager("PATCH", `outgoing-webhooks/${id}`, { is_active: false });
    expect(await db().select().from(deliveries)).toMatchObject([{ state: "cancelled" }]);
    await db().update(outgoingWebhooks).set({ deactivated_reason: "410 Gone" });
    expect((await manager("PUT", `outgoing-webhooks/${id}`, { is_active: false })).body).toMatchObject({
      deactivated_reason: "410 Gone",
    });
    expect((await manager("PUT", `outgoing-webhooks/${id}`, { is_active: true })).body).toMatchObject({
      is_active: true,
      deactivated_reason: null,
    });
  });

  test("rotating shows the new secret once; the old one signs along for 24 hours", async () => {
    const { id } = await create({ signing_secret: SECRET });
    const { status, body } = await manager("POST", `outgoing-webhooks/${id}/rotate-secret`);
    expect(status).toBe(200);
    const { signing_secret: secret } = body as { signing_secret: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const [stored] = await db().select().from(outgoingWebhooks);
    expect(decrypt(stored?.signing_secret_enc ?? "")).toBe(secret);
    expect(decrypt(stored?.previous_signing_secret_enc ?? "")).toBe(SECRET);
    const leftMs = (stored?.previous_signing_secret_until?.getTime() ?? 0) - Date.now();
    expect(leftMs).toBeGreaterThan(23.9 * 3_600_000);
    expect(leftMs).toBeLessThanOrEqual(24 * 3_600_000);
    expect((await manager("GET", `outgoing-webhooks/${id}`)).text).not.toContain("whsec_");
    expect(JSON.stringify(await db().select().from(auditLog))).not.toContain("whsec_");
    expect(await db().select().from(webhookRevisions)).toHaveLength(2);
  });
});

describe("listing and deleting", () => {
  test("lists newest first, and by is_active", async () => {
    await create({ name: "on" });
    await create({ name: "off", is_active: false });
    const names = async (query: string) =>
      ((await manager("GET", `outgoing-webhooks${query}`)).body as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await names("")).toEqual(["off", "on"]);
    expect(await names("?is_active=true")).toEqual(["on"]);
    expect(await names("?is_active=false")).toEqual(["off"]);
    expect(await names("?is_active=False")).toEqual(["off"]);
    expect(errorsOf(await manager("GET", "outgoing-webhooks?is_active=1"))).toHaveProperty("is_active");
    expect(errorsOf(await manager("GET", "outgoing-webhooks?limit=501"))).toHaveProperty("limit");
    expect(errorsOf(await manager("GET", "outgoing-webhooks?cursor=1"))).toHaveProperty("cursor");
    expect(errorsOf(await manager("GET", "outgoing-webhooks?isactive=true")).isactive).toMatch(/is_active/);
  });

  test("answers all at once, or page after page where a limit is given", async () => {
    for (const name of ["a", "b", "c", "d", "e"]) await create({ name, is_active: name !== "c" });
    const all = await manager("GET", "outgoing-webhooks");
    expect(all.body).toHaveLength(5);
    expect(all.headers.get("link")).toBeNull();
    const pages: string[][] = [];
    for (let next: string | null = "outgoing-webhooks?is_active=true&limit=2"; next; ) {
      const page: Answer = await manager("GET", next);
      pages.push((page.body as { name: string }[]).map(({ name }) => name));
      next = /^<([^>]+)>; rel="next"$/.exec(page.headers.get("link") ?? "")?.[1] ?? null;
    }
    expect(pages).toEqual([
      ["e", "d"],
      ["b", "a"],
    ]);
  });

  test("counts in percent with one decimal", async () => {
    await create();
    await db()
      .update(webhookStats)
      .set({ total_sent: 3, total_success: 2, total_failed: 1, last_sent_at: new Date(0) });
    expect((await manager("GET", "outgoing-webhooks/1")).body).toMatchObject({
      total_sent: 3,
      total_success: 2,
      total_failed: 1,
      success_rate: 66.6,
      last_sent_at: "1970-01-01T00:00:00.000Z",
    });
  });

  test("deletes a webhook with its log, and no other's", async () => {
    const { id } = await create();
    const other = await create({ name: "other" });
    await db().insert(deliveries).values(pendingDelivery(id));
    for (const webhookId of [id, other.id]) await db().insert(outgoingWebhookLogs).values(logRow(webhookId));
    expect(await manager("DELETE", `outgoing-webhooks/${id}`)).toMatchObject({
      status: 200,
      body: { success: true },
    });
    expect(await db().select().from(outgoingWebhookLogs)).toMatchObject([{ webhook_id: other.id }]);
    expect(await db().select().from(webhookStats)).toMatchObject([{ webhook_id: other.id }]);
    expect(await db().select().from(deliveries)).toMatchObject([{ state: "cancelled" }]);
    const newest = (await db().select().from(webhookRevisions).orderBy(webhookRevisions.seq)).at(-1);
    expect(newest).toMatchObject({ webhook_id: id, is_deleted: true });
    expect(await db().select().from(auditLog).where(eq(auditLog.action, "webhook.delete"))).toHaveLength(1);
    expect((await manager("GET", `outgoing-webhooks/${id}`)).status).toBe(404);
    expect((await manager("DELETE", `outgoing-webhooks/${id}`)).status).toBe(404);
  });

  test("a long log is invisible at once and purged in the end", async () => {
    const { id } = await create();
    const rows = Array.from({ length: 4500 }, () => logRow(id));
    for (let at = 0; at < rows.length; at += 1500) {
      await db()
        .insert(outgoingWebhookLogs)
        .values(rows.slice(at, at + 1500));
    }
    expect((await manager("DELETE", `outgoing-webhooks/${id}`)).status).toBe(200);
    expect((await manager("GET", "outgoing-webhook-logs")).body).toEqual([]);
    expect((await manager("GET", `outgoing-webhook-logs?webhook_id=${id}`)).body).toEqual([]);
    expect((await manager("GET", "outgoing-webhook-logs/4500")).status).toBe(404);
    await expect.poll(() => db().$count(outgoingWebhookLogs), { timeout: 15_000 }).toBe(0);
  });
});

function pendingDelivery(webhookId: number) {
  return { id: "0190163d-8694-739b-aea5-966c26f8ad90", event_id: "e-1", webhook_id: webhookId, body: "{}" };
}

function logRow(webhookId: number) {
  return {
    webhook_id: webhookId,
    event_type: "order.created",
    attempt_number: 1,
    request_url: GOOD.webhook_url,
    request_headers: {},
    duration_ms: 1,
    success: true,
  };
}

test("every writable field is in the answer", async () => {
  expect(Object.keys(await create())).toEqual(expect.arrayContaining(INPUT_FIELDS));
});
