import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { insertSession, isAddressOf, selectLiveSession } from "@/db/queries/sessions";
import { insertUser } from "@/db/queries/users";
import { auditLog, sessions } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { Actor } from "@/lib/auth/actor";
import { endOtherSessions, endOwnSession } from "./end";
import { listSessions } from "./list";
import { SESSION_LIFE } from "./session-life";

let database: TestDatabase;
let actor: Actor;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.empty();
  actor = await addUser("anna");
});

async function addUser(name: string): Promise<Actor> {
  const email = `${name}@example.com`;
  const made = await insertUser(db(), { email, name, role: "viewer", password_hash: "none" });
  return { kind: "user", id: made?.id ?? 0, name: email, role: "viewer" };
}

async function open(userId = actor.id): Promise<string> {
  const id = randomUUID();
  await insertSession(
    db(),
    { id, user_id: userId, client_ip: "192.0.2.1", user_agent: "test" },
    SESSION_LIFE,
  );
  return id;
}

async function isAlive(id: string) {
  return (await selectLiveSession(id, SESSION_LIFE)) !== undefined;
}

test("ends one session and leaves the others, and its address stays known", async () => {
  const [phone, desktop] = [await open(), await open()];
  await endOwnSession({ actor, id: phone });
  expect(await isAlive(phone)).toBe(false);
  expect(await isAlive(desktop)).toBe(true);
  expect(await listSessions({ actor })).toMatchObject([{ id: desktop }]);
  expect(await isAddressOf({ userId: actor.id, clientIp: "192.0.2.1" })).toBe(true);
  expect(await isAddressOf({ userId: actor.id, clientIp: "192.0.2.2" })).toBe(false);
  await expect(endOwnSession({ actor, id: phone })).rejects.toMatchObject({ code: "not_found" });
  expect(await db().select().from(auditLog)).toMatchObject([{ action: "session.end" }]);
});

test("ends all but the one that is kept, and nobody else's", async () => {
  const kept = await open();
  await open();
  await open();
  const boris = await addUser("boris");
  const other = await open(boris.id);
  expect(await endOtherSessions({ actor, keptSession: kept })).toBe(2);
  expect([await isAlive(kept), await isAlive(other)]).toEqual([true, true]);
  await expect(endOwnSession({ actor, id: other })).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["7 days after its last use", "last_seen_at", "7 days"],
  ["30 days after the sign-in, however much it is used", "created_at", "30 days"],
])("a session ends %s", async (_, column, age) => {
  const id = await open();
  const set = (interval: string) =>
    db().execute(
      sql`update sessions set ${sql.identifier(column)} = now() - ${interval}::interval where id = ${id}`,
    );
  await set(`${age} -1 minute`);
  expect(await isAlive(id)).toBe(true);
  await set(`${age} 1 minute`);
  expect(await isAlive(id)).toBe(false);
});

test("a sign-in drops what is past its longest life", async () => {
  const id = await open();
  await db().execute(sql`update sessions set created_at = now() - interval '31 days'`);
  await open();
  expect(await db().select().from(sessions).where(eq(sessions.id, id))).toEqual([]);
});

test("is not for tokens", async () => {
  const token: Actor = { kind: "token", id: actor.id, name: "script", role: "admin" };
  const id = await open();
  const forbidden = { code: "forbidden" };
  await expect(listSessions({ actor: token })).rejects.toMatchObject(forbidden);
  await expect(endOwnSession({ actor: token, id })).rejects.toMatchObject(forbidden);
  await expect(endOtherSessions({ actor: token, keptSession: id })).rejects.toMatchObject(forbidden);
});
