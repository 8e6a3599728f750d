import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { rows } from "@/db/client";
import { findWebhook } from "@/db/queries/current-webhooks";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { type Actor, SYSTEM_ACTOR } from "@/lib/auth/actor";
import { forgetEnv } from "@/lib/env";
import { forgetSecrets } from "@/lib/secrets";
import { createWebhook } from "./create";
import { reencryptSecrets } from "./reencrypt-secrets";
import { rotateSecret } from "./rotate-secret";
import { WebhookCreate } from "./schema";
import { signingSecrets, webhookSecrets } from "./webhook-secrets";

const OLD = randomBytes(32).toString("base64");
const NEW = randomBytes(32).toString("hex");
const actor: Actor = { ...SYSTEM_ACTOR, kind: "token", id: 3, name: "deploy" };
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await database.empty();
  useKeys(OLD);
});
afterAll(() => database.close());

function useKeys(...keys: string[]): void {
  process.env.ENCRYPTION_KEY = keys.join(",");
  forgetEnv();
  forgetSecrets();
}

async function addWebhook(fields: Record<string, unknown>): Promise<number> {
  const input = WebhookCreate.parse({ name: "CRM", webhook_url: "https://crm.example", ...fields });
  return (await createWebhook({ actor, input })).id;
}

async function webhookRow(id: number) {
  const webhook = await findWebhook(id);
  if (!webhook) throw new Error(`There is no webhook ${id}.`);
  return webhook;
}

test("a rotation keeps every secret, and the old key is needed no more", async () => {
  const ids = [
    await addWebhook({ auth_type: "bearer", auth_token: "bearer-token" }),
    await addWebhook({ auth_type: "basic", auth_username: "crm", auth_password: "basic-password" }),
    await addWebhook({ auth_type: "custom", custom_headers: { "X-API-Key": "header-value" } }),
    await addWebhook({}),
  ];
  await rotateSecret({ actor, webhookId: ids[0] ?? 0 });
  await rotateSecret({ actor, webhookId: ids[0] ?? 0 });
  const before = await Promise.all(ids.map(webhookRow));
  const secretsBefore = before.map(webhookSecrets);
  expect(signingSecrets(before[0] ?? (await webhookRow(0)), new Date())).toHaveLength(2);

  useKeys(NEW, OLD);
  expect(await reencryptSecrets({ actor })).toEqual({ webhooks: 4, reencrypted: 3 });
  expect(await reencryptSecrets({ actor })).toEqual({ webhooks: 4, reencrypted: 0 });

  useKeys(NEW);
  const after = await Promise.all(ids.map(webhookRow));
  expect(after.map(webhookSecrets)).toEqual(secretsBefore);
  expect(after.map(({ updated_at }) => updated_at)).toEqual(before.map(({ updated_at }) => updated_at));
  const audited = await rows(sql`
    select actor_name, subject_id from audit_log where action = 'webhook.reencrypt' order by id`);
  expect(audited).toEqual(ids.slice(0, 3).map((id) => ({ actor_name: "deploy", subject_id: String(id) })));
});

test("a key that was taken out too early is missed by name of the webhook, and nothing is lost", async () => {
  const id = await addWebhook({ auth_type: "bearer", auth_token: "bearer-token" });
  const before = await webhookRow(id);
  useKeys(NEW);
  await expect(reencryptSecrets({ actor })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/webhook \d+ \(«CRM»\).*ENCRYPTION_KEY/),
  });
  expect(await webhookRow(id)).toEqual(before);
});

test("a manager may not", async () => {
  await expect(reencryptSecrets({ actor: { ...actor, role: "manager" } })).rejects.toMatchObject({
    code: "forbidden",
  });
});
