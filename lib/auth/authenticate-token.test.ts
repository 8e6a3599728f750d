import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { insertUser } from "@/db/queries/users";
import { apiTokens, auditLog, users } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { Actor } from "@/lib/auth/actor";
import { authenticateToken } from "./authenticate-token";
import { forgetTokens } from "./token-cache";
import { createToken } from "./tokens/create";
import { listTokens } from "./tokens/list";
import { revokeToken } from "./tokens/revoke";
import { updateUser } from "./users/update";

const admin: Actor = { kind: "user", id: 1, name: "anna@example.com", role: "admin" };
const boris: Actor = { kind: "user", id: 2, name: "boris@example.com", role: "admin" };
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.empty();
  for (const { name: email, role } of [admin, boris]) {
    await insertUser(db(), { email, name: email, role, password_hash: "none" });
  }
  forgetTokens();
});

function make(name = "CRM") {
  return createToken({ actor: admin, input: { name, role: "operator" } });
}

async function lastUsedAt(id: number) {
  const [row] = await db().select().from(apiTokens).where(eq(apiTokens.id, id));
  return row?.last_used_at ?? null;
}

describe("authenticateToken", () => {
  test("answers the token's name and role", async () => {
    const { id, token } = await make();
    expect(token).toMatch(/^ihw_[\w-]{43}$/);
    const actor = await authenticateToken(`Bearer ${token}`);
    expect(actor).toEqual({ kind: "token", id, name: "CRM", role: "operator" });
    expect(await authenticateToken(`bearer ${token}`)).toEqual(actor);
  });

  test.each([
    null,
    "",
    "Bearer",
    "Bearer ",
    "Basic YTpi",
    "Bearer a b",
    `Bearer ${"x".repeat(513)}`,
    "Bearer ihw_x",
  ])("refuses %j", async (header) => {
    await expect(authenticateToken(header, "198.51.100.1")).rejects.toMatchObject({ code: "unauthorized" });
  });

  test("a revoked token is refused at once", async () => {
    const { id, token } = await make();
    await authenticateToken(`Bearer ${token}`);
    await revokeToken({ actor: admin, id });
    await expect(authenticateToken(`Bearer ${token}`)).rejects.toMatchObject({
      code: "unauthorized",
      message: "The API token has been revoked.",
    });
  });

  test("a token stops with the user who made it, and so does one that it made", async () => {
    const { token, id } = await createToken({ actor: boris, input: { name: "CRM", role: "admin" } });
    const maker: Actor = { kind: "token", id, name: "CRM", role: "admin" };
    const made = await createToken({ actor: maker, input: { name: "made by CRM", role: "viewer" } });
    const tokens = [token, made.token];
    for (const each of tokens) await authenticateToken(`Bearer ${each}`);
    await updateUser({ actor: admin, input: { id: boris.id, is_active: false } });
    for (const each of tokens) {
      await expect(authenticateToken(`Bearer ${each}`)).rejects.toMatchObject({
        code: "unauthorized",
        message: "The user who made this API token is disabled.",
      });
    }
    expect(await listTokens({ actor: admin })).toMatchObject([
      { isOwnerDisabled: true },
      { isOwnerDisabled: true },
    ]);
    await updateUser({ actor: admin, input: { id: boris.id, is_active: true } });
    for (const each of tokens) await authenticateToken(`Bearer ${each}`);
    await db().delete(users).where(eq(users.id, boris.id));
    forgetTokens();
    for (const each of tokens) {
      await expect(authenticateToken(`Bearer ${each}`)).rejects.toMatchObject({ code: "unauthorized" });
    }
  });

  test("a token does no more than its maker may do now", async () => {
    const { token } = await createToken({ actor: boris, input: { name: "CRM", role: "admin" } });
    expect(await authenticateToken(`Bearer ${token}`)).toMatchObject({ role: "admin" });
    await updateUser({ actor: admin, input: { id: boris.id, role: "operator" } });
    expect(await authenticateToken(`Bearer ${token}`)).toMatchObject({ role: "operator" });
  });

  test("notes its use, at most once a minute", async () => {
    const { id, token } = await make();
    await authenticateToken(`Bearer ${token}`);
    const first = await lastUsedAt(id);
    expect(first).toBeInstanceOf(Date);
    forgetTokens();
    await authenticateToken(`Bearer ${token}`);
    expect(await lastUsedAt(id)).toEqual(first);
    await db().update(apiTokens).set({ last_used_at: sql`now() - interval '2 minutes'` });
    forgetTokens();
    await authenticateToken(`Bearer ${token}`);
    expect((await lastUsedAt(id))?.getTime()).toBeGreaterThanOrEqual(first?.getTime() ?? Infinity);
  });

  test("limits guessing per address, and shuts out no token that exists, used before or not", async () => {
    const [used, unused] = [await make("used"), await make("unused")];
    const from = "203.0.113.9";
    await authenticateToken(`Bearer ${used.token}`, from);
    const guess = (n: number) => authenticateToken(`Bearer guess${n}`, from).catch(({ code }) => code);
    const refusals = await Promise.all(Array.from({ length: 40 }, (_, n) => guess(n)));
    expect(refusals).toEqual([...Array(30).fill("unauthorized"), ...Array(10).fill("rate_limited")]);
    await expect(authenticateToken("Bearer guess", from)).rejects.toMatchObject({
      code: "rate_limited",
      retryAfterSeconds: expect.any(Number),
    });
    for (const { name, token } of [used, unused]) {
      expect(await authenticateToken(`Bearer ${token}`, from)).toMatchObject({ name });
    }
    await revokeToken({ actor: admin, id: unused.id });
    expect(await authenticateToken(`Bearer ${used.token}`, from)).toMatchObject({ name: "used" });
    await expect(authenticateToken(`Bearer ${unused.token}`, from)).rejects.toMatchObject({
      code: "rate_limited",
    });
  });
});

describe("the verbs of API tokens", () => {
  test("never give back the token or its hash, and leave an audit row each", async () => {
    const { id, token } = await make();
    await revokeToken({ actor: admin, id });
    const listed = JSON.stringify(await listTokens({ actor: admin }));
    expect(listed).toContain(token.slice(0, 8));
    expect(listed).not.toContain(token);
    expect(listed).not.toContain("token_hash");
    const audit = await db().select().from(auditLog);
    expect(audit.map((row) => row.action)).toEqual(["token.create", "token.revoke"]);
    expect(JSON.stringify(audit)).not.toContain(token);
  });

  test("revoking twice says that there is nothing to revoke", async () => {
    const { id } = await make();
    await revokeToken({ actor: admin, id });
    await expect(revokeToken({ actor: admin, id })).rejects.toMatchObject({ code: "not_found" });
  });

  test.each(["viewer", "operator", "manager"] as const)("refuse a %s", async (role) => {
    const actor: Actor = { ...admin, role };
    const forbidden = { code: "forbidden" };
    await expect(createToken({ actor, input: { name: "x", role: "viewer" } })).rejects.toMatchObject(
      forbidden,
    );
    await expect(listTokens({ actor })).rejects.toMatchObject(forbidden);
    await expect(revokeToken({ actor, id: 1 })).rejects.toMatchObject(forbidden);
    expect(await db().select().from(apiTokens)).toEqual([]);
  });
});
