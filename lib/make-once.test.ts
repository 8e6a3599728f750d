import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { selectUser } from "@/db/queries/users";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { SYSTEM_ACTOR } from "@/lib/auth/actor";
import { isPasswordOf } from "@/lib/auth/passwords";
import { createToken } from "@/lib/auth/tokens/create";
import { listTokens } from "@/lib/auth/tokens/list";
import { createUser } from "@/lib/auth/users/create";
import { listUsers } from "@/lib/auth/users/list";
import { createWebhookOnce } from "@/lib/webhooks/create";
import { importWebhooks } from "@/lib/webhooks/import";
import { listWebhooks } from "@/lib/webhooks/list";
import { WebhookCreate } from "@/lib/webhooks/schema";
import { makeOnce } from "./make-once";

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(() => database.empty());
afterAll(() => database.close());

const actor = SYSTEM_ACTOR;
const formKey = "the form of the first test";
const webhook = { name: "CRM", webhook_url: "https://crm.example/in" };
const webhookCount = async () => (await listWebhooks({ actor })).items.length;

test("a form that is sent again makes nothing again, at the same time neither; another form does", async () => {
  const input = WebhookCreate.parse(webhook);
  await createWebhookOnce({ actor, input, formKey });
  await createWebhookOnce({ actor, input, formKey });
  expect(await webhookCount()).toBe(1);
  const another = "the form of another page";
  await Promise.all([1, 2, 3].map(() => createWebhookOnce({ actor, input, formKey: another })));
  expect(await webhookCount()).toBe(2);
  await createWebhookOnce({ actor: { ...actor, id: 7 }, input, formKey });
  expect(await webhookCount()).toBe(3);
});

test("what was refused can be sent again with the same key", async () => {
  const make = async () => {
    throw new Error("no");
  };
  await expect(makeOnce({ userId: 1, formKey, make })).rejects.toThrow("no");
  expect(await makeOnce({ userId: 1, formKey, make: async () => [5] })).toEqual({
    ids: [5],
    isRepeat: false,
  });
  expect(await makeOnce({ userId: 1, formKey, make })).toEqual({ ids: [5], isRepeat: true });
});

test("an import that is sent again answers with the webhooks that it made", async () => {
  const input = { actor, file: { webhooks: [webhook, webhook] }, chosen: [0, 1], secrets: {}, formKey };
  const ids = await importWebhooks(input);
  expect(await importWebhooks(input)).toEqual(ids);
  expect(await webhookCount()).toBe(2);
});

test("a token or user whose secret was lost with the answer has another one, and there is one of each", async () => {
  const token = { actor, input: { name: "CRM", role: "viewer" as const }, formKey };
  const lost = await createToken(token);
  const seen = await createToken(token);
  expect(seen).toMatchObject({ id: lost.id, name: "CRM" });
  expect(seen.token).not.toBe(lost.token);
  expect(await listTokens({ actor })).toMatchObject([{ prefix: seen.token.slice(0, 8) }]);

  const input = { email: "cook@example.com", name: "Cook", role: "viewer" as const };
  await createUser({ actor, input, formKey: "the form of a user" });
  const { id, password } = await createUser({ actor, input, formKey: "the form of a user" });
  expect(await listUsers({ actor })).toHaveLength(1);
  const passwordHash = (await selectUser(id))?.password_hash;
  expect(await isPasswordOf({ password, passwordHash })).toBe(true);
});
