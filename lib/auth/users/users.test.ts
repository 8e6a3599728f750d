import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { insertSession, selectSessionsOf } from "@/db/queries/sessions";
import { insertUser, selectUser, updateUserRow } from "@/db/queries/users";
import { auditLog } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { Actor, Role } from "@/lib/auth/actor";
import { hashPassword, isPasswordOf } from "@/lib/auth/passwords";
import { SESSION_LIFE } from "@/lib/auth/sessions/session-life";
import { changePassword } from "./change-password";
import { createUser, NewUser } from "./create";
import { listUsers } from "./list";
import { resetPassword } from "./reset-password";
import { updateUser } from "./update";

const PASSWORD = "a long enough password";
const keptSession = randomUUID();
let database: TestDatabase;
let passwordHash: string;

beforeAll(async () => {
  database = await openTestDatabase();
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => database.close());
beforeEach(() => database.empty());

async function addUser(name: string, role: Role): Promise<Actor> {
  const made = await insertUser(db(), {
    email: `${name}@example.com`,
    name,
    role,
    password_hash: passwordHash,
  });
  return { kind: "user", id: made?.id ?? 0, name: `${name}@example.com`, role };
}

async function passwordFits(id: number, password: string) {
  return isPasswordOf({ password, passwordHash: (await selectUser(id))?.password_hash });
}

describe("createUser", () => {
  test("makes a password that works, shown once", async () => {
    const actor = await addUser("anna", "admin");
    const input = { email: "Boris@example.com", name: "Борис", role: "operator" } as const;
    const { id, password } = await createUser({ actor, input });
    expect(await passwordFits(id, password)).toBe(true);
    const seen = JSON.stringify([await listUsers({ actor }), await db().select().from(auditLog)]);
    expect(seen).toContain("Борис");
    expect(seen).not.toContain(password);
    expect(seen).not.toContain("argon2");
  });

  test("refuses an e-mail that is taken, letter case aside", async () => {
    const actor = await addUser("anna", "admin");
    const input = { email: "ANNA@example.com", name: "Other", role: "viewer" } as const;
    await expect(createUser({ actor, input })).rejects.toMatchObject({
      code: "conflict",
      errors: [{ path: "email" }],
    });
  });

  test.each([
    ["email", { email: "anna", name: "A", role: "viewer" }],
    ["name", { email: "a@example.com", name: " ", role: "viewer" }],
    ["role", { email: "a@example.com", name: "A", role: "root" }],
  ])("the schema refuses a bad %s", (field, input) => {
    expect(NewUser.safeParse(input).error?.issues).toMatchObject([{ path: [field] }]);
  });
});

describe("updateUser", () => {
  test("changes the role, ends the user's sessions and says what changed", async () => {
    const actor = await addUser("anna", "admin");
    const { id } = await addUser("boris", "viewer");
    expect(await updateUser({ actor, input: { id, role: "manager" } })).toMatchObject({ role: "manager" });
    expect(await selectUser(id)).toMatchObject({ session_epoch: 1 });
    expect(await db().select().from(auditLog)).toMatchObject([
      { actor_name: "anna@example.com", changes: { role: { from: "viewer", to: "manager" } } },
    ]);
  });

  test("changing nothing ends no session and leaves no trace", async () => {
    const actor = await addUser("anna", "admin");
    const { id } = await addUser("boris", "viewer");
    await updateUser({ actor, input: { id, role: "viewer", is_active: true } });
    expect(await selectUser(id)).toMatchObject({ session_epoch: 0 });
    expect(await db().select().from(auditLog)).toEqual([]);
  });

  test.each([{ role: "viewer" as const }, { is_active: false }])("refuses %j of oneself", async (change) => {
    const actor = await addUser("anna", "admin");
    await addUser("boris", "admin");
    await expect(updateUser({ actor, input: { id: actor.id, ...change } })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("yourself"),
    });
  });

  test("two admins who demote each other at once leave one", async () => {
    const anna = await addUser("anna", "admin");
    const boris = await addUser("boris", "admin");
    const results = await Promise.allSettled([
      updateUser({ actor: anna, input: { id: boris.id, role: "viewer" } }),
      updateUser({ actor: boris, input: { id: anna.id, is_active: false } }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    const admins = (await listUsers({ actor: anna })).filter(
      (user) => user.role === "admin" && user.is_active,
    );
    expect(admins).toHaveLength(1);
  });

  test("does not count a disabled admin as one", async () => {
    const anna = await addUser("anna", "admin");
    const boris = await addUser("boris", "admin");
    await updateUserRow(db(), { id: boris.id, changes: { is_active: false } });
    const token: Actor = { kind: "token", id: anna.id, name: "script", role: "admin" };
    await expect(updateUser({ actor: token, input: { id: anna.id, role: "viewer" } })).rejects.toMatchObject({
      message: expect.stringContaining("last active admin"),
    });
  });

  test("an unknown user is not found", async () => {
    const actor = await addUser("anna", "admin");
    await expect(updateUser({ actor, input: { id: 99, role: "viewer" } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("changePassword", () => {
  test("needs the current one, and ends every other session", async () => {
    const actor = await addUser("anna", "viewer");
    const input = { current_password: PASSWORD, new_password: "another password" };
    const row = { user_id: actor.id, client_ip: "192.0.2.1", user_agent: null };
    await insertSession(db(), { ...row, id: keptSession }, SESSION_LIFE);
    await insertSession(db(), { ...row, id: randomUUID() }, SESSION_LIFE);
    await changePassword({ actor, input, keptSession });
    expect(await selectSessionsOf(actor.id, SESSION_LIFE)).toMatchObject([{ id: keptSession }]);
    expect(await passwordFits(actor.id, "another password")).toBe(true);
    expect(await selectUser(actor.id)).toMatchObject({ session_epoch: 1 });
    expect(JSON.stringify(await db().select().from(auditLog))).not.toContain("another password");
  });

  test("names the field that is wrong, and stops guessing", async () => {
    await addUser("anna", "viewer");
    const actor = await addUser("boris", "viewer");
    const same = { current_password: PASSWORD, new_password: PASSWORD };
    await expect(changePassword({ actor, input: same, keptSession })).rejects.toMatchObject({
      errors: [{ path: "new_password" }],
    });
    const wrong = { current_password: "guess", new_password: "another password" };
    for (let guess = 0; guess < 5; guess += 1) {
      await expect(changePassword({ actor, input: wrong, keptSession })).rejects.toMatchObject({
        code: "invalid",
        errors: [{ path: "current_password" }],
      });
    }
    await expect(changePassword({ actor, input: same, keptSession })).rejects.toMatchObject({
      code: "rate_limited",
    });
    expect(await passwordFits(actor.id, PASSWORD)).toBe(true);
  });

  test("is not for tokens", async () => {
    const actor: Actor = { kind: "token", id: 1, name: "script", role: "admin" };
    const input = { current_password: PASSWORD, new_password: "another password" };
    await expect(changePassword({ actor, input, keptSession })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("resetPassword makes a new password that works once, to choose another one", async () => {
  const actor = await addUser("anna", "admin");
  // Of his own id, so that he does not meet the limit that another test used up.
  await addUser("vera", "viewer");
  const { id } = await addUser("boris", "viewer");
  const password = await resetPassword({ actor, id });
  expect(await passwordFits(id, password)).toBe(true);
  expect(await passwordFits(id, PASSWORD)).toBe(false);
  expect(await selectUser(id)).toMatchObject({ session_epoch: 1, must_change_password: true });
  const boris: Actor = { kind: "user", id, name: "boris@example.com", role: "viewer" };
  const input = { current_password: password, new_password: "another password" };
  await changePassword({ actor: boris, input, keptSession });
  expect(await selectUser(id)).toMatchObject({ must_change_password: false });
  await expect(resetPassword({ actor, id: 99 })).rejects.toMatchObject({ code: "not_found" });
});

test.each(["viewer", "operator", "manager"] as const)("a %s may not manage users", async (role) => {
  const actor = await addUser("boris", role);
  const { id } = await addUser("anna", "viewer");
  const forbidden = { code: "forbidden" };
  const input = { email: "c@example.com", name: "C", role: "admin" } as const;
  await expect(listUsers({ actor })).rejects.toMatchObject(forbidden);
  await expect(createUser({ actor, input })).rejects.toMatchObject(forbidden);
  await expect(updateUser({ actor, input: { id, role: "admin" } })).rejects.toMatchObject(forbidden);
  await expect(resetPassword({ actor, id })).rejects.toMatchObject(forbidden);
  expect(await selectUser(id)).toMatchObject({ role: "viewer", password_hash: passwordHash });
});
