import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { rows } from "@/db/client";
import { selectWebhooks } from "@/db/queries/webhooks";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { ROLES, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { createWebhook } from "./create";
import { exportWebhooks } from "./export";
import { importWebhooks, planImport, type TypedSecrets } from "./import";
import { listWebhooks } from "./list";
import { WebhookCreate } from "./schema";
import { webhookSecrets } from "./webhook-secrets";

const SIGNING = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
const TELEGRAM = "https://api.telegram.org/bot123456:AAE-secret-of-the-bot/sendMessage";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

const actor = SYSTEM_ACTOR;
const add = (fields: object) =>
  createWebhook({ actor, input: WebhookCreate.parse({ webhook_url: "https://crm.example/in", ...fields }) });
const listed = async () => (await listWebhooks({ actor })).items;
const all = () => exportWebhooks({ actor });

async function refused(work: Promise<unknown>): Promise<Record<string, string>> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`It was not refused: ${error}`);
  return Object.fromEntries(error.errors.map(({ path, message }) => [path, message]));
}

async function addThree(): Promise<void> {
  await add({ name: "Senler", auth_type: "bearer", auth_token: "s3nler-t0ken", signing_secret: SIGNING });
  await add({
    name: "CRM",
    auth_type: "custom",
    custom_headers: { "X-API-Key": "k3y-of-crm" },
    filter_statuses: ["OnWay"],
    payload_format: "custom",
    custom_payload_template: '{"n":"{{order.readable_number}}"}',
    retry_count: 7,
    is_active: true,
  });
  await add({ name: "Bot", webhook_url: TELEGRAM });
}

const SECRETS: TypedSecrets = {
  0: { auth_token: "s3nler-t0ken", signing_secret: SIGNING },
  1: { "custom_headers.X-API-Key": "k3y-of-crm" },
  2: { webhook_url: TELEGRAM },
};

test("a file holds no secret and says which were set", async () => {
  await addThree();
  const file = await all();
  expect(file.webhooks.map(({ name }) => name)).toEqual(["Senler", "CRM", "Bot"]);
  expect(file.secrets_left_out).toEqual([
    ["auth_token", "signing_secret"],
    ["custom_headers.X-API-Key"],
    ["webhook_url"],
  ]);
  expect(JSON.stringify(file)).not.toMatch(/s3nler|k3y-of-crm|AAE-secret|whsec_/);
  const [audited] = await rows<{ subject_name: string }>(
    sql`select subject_name from audit_log where action = 'webhook.export'`,
  );
  expect(audited?.subject_name).toBe("Senler, CRM, Bot");
  const [crm] = (await listed()).filter(({ name }) => name === "CRM");
  const one = await exportWebhooks({ actor, webhookIds: [crm?.id ?? 0] });
  expect(one.webhooks.map(({ name }) => name)).toEqual(["CRM"]);
});

test("an export and import make the same webhooks, switched off, with the secrets that were typed", async () => {
  await addThree();
  const file = JSON.parse(JSON.stringify(await all()));
  const before = await listed();
  await database.empty();
  const plan = await planImport({ actor, file });
  expect(plan.map(({ name, needs, errors }) => [name, needs, errors])).toEqual([
    ["Senler", ["auth_token", "signing_secret"], []],
    ["CRM", ["custom_headers.X-API-Key"], []],
    ["Bot", ["webhook_url"], []],
  ]);
  expect(await listed()).toEqual([]);
  const ids = await importWebhooks({ actor, file, chosen: [0, 1, 2], secrets: SECRETS });
  expect(ids).toHaveLength(3);
  const after = await listed();
  const settings = (list: typeof after) =>
    list.map(({ id: _id, is_active: _on, created_at: _made, updated_at: _changed, ...rest }) => rest);
  expect(settings(after)).toEqual(settings(before));
  expect(after.map(({ is_active }) => is_active)).toEqual([false, false, false]);
  const secrets = (await selectWebhooks({})).map(({ webhook }) => webhookSecrets(webhook));
  expect(secrets[2]).toMatchObject({ authToken: "s3nler-t0ken", signingSecret: SIGNING });
  expect(secrets[1]).toMatchObject({ customHeaders: { "X-API-Key": "k3y-of-crm" } });
  const audited = await rows(sql`select 1 from audit_log where action = 'webhook.create'`);
  expect(audited).toHaveLength(3);
});

test("all are created or none: what is wrong is told by entry and field", async () => {
  await addThree();
  const file = await all();
  Object.assign(file.webhooks[1] ?? {}, { retry_cout: 3, timeout_seconds: 1000 });
  expect((await planImport({ actor, file }))[1]?.errors.map(({ path }) => path).sort()).toEqual([
    "retry_cout",
    "timeout_seconds",
  ]);
  const errors = await refused(importWebhooks({ actor, file, chosen: [0, 1, 2], secrets: SECRETS }));
  expect(Object.keys(errors).sort()).toEqual(["1.retry_cout", "1.timeout_seconds"]);
  expect(errors["1.retry_cout"]).toContain("retry_count");
  expect(await listed()).toHaveLength(3);
  expect(await importWebhooks({ actor, file, chosen: [0, 2], secrets: SECRETS })).toHaveLength(2);
});

test("a secret that is needed and was not typed is asked for; the signing secret may stay without", async () => {
  await addThree();
  const file = await all();
  const missing = await refused(importWebhooks({ actor, file, chosen: [0, 1, 2], secrets: {} }));
  expect(Object.keys(missing).sort()).toEqual([
    "0.auth_token",
    "1.custom_headers.X-API-Key",
    "2.webhook_url",
  ]);
  const [id] = await importWebhooks({ actor, file, chosen: [0], secrets: { 0: { auth_token: "t" } } });
  const made = (await listed()).find((webhook) => webhook.id === id);
  expect(made).toMatchObject({ auth_token: "***", signing_secret: null });
});

test("an entry of a file can be sent to POST /outgoing-webhooks as it stands, and REST's list is a file", async () => {
  await add({ name: "Plain", description: "d", include_fields: ["status"], payload_format: "custom" });
  const [entry] = (await all()).webhooks;
  expect(WebhookCreate.safeParse(entry).success).toBe(true);
  await add({ name: "Basic", auth_type: "basic", auth_username: "u", auth_password: "p4ssword" });
  const list = JSON.parse(JSON.stringify(await listed()));
  expect((await planImport({ actor, file: list })).map(({ needs, errors }) => [needs, errors])).toEqual([
    [["auth_password"], []],
    [[], []],
  ]);
  expect(await planImport({ actor, file: entry })).toHaveLength(1);
});

test.each([
  ["nothing", null],
  ["a text", "webhooks"],
  ["an empty list", []],
  ["an export without webhooks", { webhooks: [] }],
  ["a list of texts", ["a"]],
  ["webhooks that are no list", { webhooks: { 0: {} } }],
  ["too many", Array.from({ length: 201 }, () => ({}))],
])("%s is refused", async (_, file) => {
  expect(Object.keys(await refused(planImport({ actor, file })))).not.toEqual([]);
});

test("hostile entries are named, whatever they hold", async () => {
  const file = [
    {},
    { name: 5, webhook_url: ["x"] },
    { name: "a\0b", webhook_url: "http://127.0.0.1/" },
    { __proto__: 1 },
  ];
  const plan = await planImport({ actor, file: JSON.parse(JSON.stringify(file)) });
  for (const { errors } of plan) expect(errors.length).toBeGreaterThan(0);
});

test("only managers and admins export and import", async () => {
  await addThree();
  const file = await all();
  for (const role of ROLES) {
    const who = { kind: "user" as const, id: 1, name: role, role };
    const calls = [
      exportWebhooks({ actor: who }),
      planImport({ actor: who, file }),
      importWebhooks({ actor: who, file, chosen: [], secrets: {} }),
    ];
    const isAllowed = role === "manager" || role === "admin";
    for (const call of await Promise.allSettled(calls))
      expect(call.status, role).toBe(isAllowed ? "fulfilled" : "rejected");
  }
});
