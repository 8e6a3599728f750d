import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { insertUser, selectUser } from "@/db/queries/users";
import { auditLog } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import type { Actor, Role } from "@/lib/auth/actor";
import { hashPassword } from "@/lib/auth/passwords";
import { signIn } from "@/lib/auth/sign-in";
import { forgetEnv } from "@/lib/env";
import { forgetSecrets } from "@/lib/secrets";
import { reencryptSecondFactors, requireKeysOfSecondFactors } from "./stored-keys";
import { hotp } from "./totp";
import { resetSecondFactor, turnOffSecondFactor } from "./turn-off";
import { confirmSecondFactor, startSecondFactor } from "./turn-on";

const PASSWORD = "a long enough password";
const keptSession = randomUUID();
let database: TestDatabase;
let passwordHash: string;
let added = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => database.close());
// No ids begin anew here: the limits are counted by them.
beforeEach(() => db().delete(auditLog));

async function addUser(role: Role): Promise<Actor> {
  added += 1;
  const email = `user${added}@example.com`;
  const made = await insertUser(db(), { email, name: "Anna", role, password_hash: passwordHash });
  return { kind: "user", id: made?.id ?? 0, name: email, role };
}

function codeAt(secret: string, steps: number): string {
  return hotp({ secret, counter: Math.floor(Date.now() / 30_000) + steps });
}

async function turnOn(actor: Actor) {
  const { secret, setup } = await startSecondFactor({ actor, input: { current_password: PASSWORD } });
  // The code of the step before, so that the present one and the next are still there to sign in with.
  const code = codeAt(secret, -1);
  return { secret, codes: await confirmSecondFactor({ actor, input: { setup, code }, keptSession }) };
}

function enter(actor: Actor, code?: string) {
  return signIn({ email: actor.name, password: PASSWORD, code, clientIp: `192.0.2.${actor.id}` });
}

test("signing in then takes the code too, each code once", async () => {
  const actor = await addUser("viewer");
  const { secret, codes } = await turnOn(actor);
  expect(await enter(actor)).toEqual({ needsCode: true });
  await expect(enter(actor, "000000x")).rejects.toMatchObject({ code: "invalid" });
  const code = codeAt(secret, 0);
  expect(await enter(actor, ` ${code.slice(0, 3)} ${code.slice(3)}`)).toHaveProperty("sessionId");
  await expect(enter(actor, code)).rejects.toMatchObject({ code: "invalid" });
  expect(codes).toHaveLength(10);
  const [recovery = ""] = codes;
  expect(await enter(actor, recovery.toLowerCase())).toHaveProperty("sessionId");
  await expect(enter(actor, recovery)).rejects.toMatchObject({ code: "invalid" });
});

test("a wrong password is told before the code is looked at", async () => {
  const actor = await addUser("viewer");
  const { secret } = await turnOn(actor);
  const wrong = { email: actor.name, password: "guess", code: codeAt(secret, 0), clientIp: "198.51.100.1" };
  await expect(signIn(wrong)).rejects.toMatchObject({ code: "unauthorized" });
});

test("five wrong codes stop the guessing, from however many addresses, but not who is known", async () => {
  const actor = await addUser("viewer");
  await enter(actor);
  const { secret } = await turnOn(actor);
  const guess = (at: number, code: string) =>
    signIn({ email: actor.name, password: PASSWORD, code, clientIp: `198.51.100.${at}` });
  for (let at = 10; at < 15; at += 1) {
    await expect(guess(at, "no code")).rejects.toMatchObject({ code: "invalid" });
  }
  await expect(guess(20, codeAt(secret, 0))).rejects.toMatchObject({ code: "rate_limited" });
  expect(await enter(actor, codeAt(secret, 0))).toHaveProperty("sessionId");
});

test("is stored encrypted, and no answer, list or trail shows it", async () => {
  const actor = await addUser("viewer");
  const { secret, codes } = await turnOn(actor);
  const stored = JSON.stringify([await selectUser(actor.id), await db().select().from(auditLog)]);
  expect(stored).toContain("v1.");
  for (const hidden of [secret, ...codes]) {
    expect(stored).not.toContain(hidden);
    expect(stored).not.toContain(hidden.replaceAll("-", ""));
  }
});

test("is turned on only with the password, a right code and one's own set-up", async () => {
  const [actor, other] = [await addUser("viewer"), await addUser("viewer")];
  await expect(startSecondFactor({ actor, input: { current_password: "guess" } })).rejects.toMatchObject({
    errors: [{ path: "current_password" }],
  });
  const { secret, setup } = await startSecondFactor({ actor, input: { current_password: PASSWORD } });
  await expect(
    confirmSecondFactor({ actor, input: { setup, code: "0000000" }, keptSession }),
  ).rejects.toMatchObject({ errors: [{ path: "code" }] });
  for (const foreign of [setup, "v1.a.b.c.d", ""]) {
    const input = { setup: foreign, code: codeAt(secret, 0) };
    await expect(confirmSecondFactor({ actor: other, input, keptSession })).rejects.toMatchObject({
      code: "invalid",
    });
  }
  expect(await selectUser(other.id)).toMatchObject({ totp_secret_enc: null });
});

test("is turned off with the password", async () => {
  const actor = await addUser("viewer");
  await turnOn(actor);
  const off = (current_password: string) =>
    turnOffSecondFactor({ actor, input: { current_password }, keptSession });
  await expect(off("guess")).rejects.toMatchObject({ errors: [{ path: "current_password" }] });
  await off(PASSWORD);
  expect(await enter(actor)).toHaveProperty("sessionId");
});

test("an admin takes it from another user, and nobody below may", async () => {
  const [admin, user] = [await addUser("admin"), await addUser("manager")];
  await turnOn(user);
  await expect(resetSecondFactor({ actor: user, id: admin.id })).rejects.toMatchObject({ code: "forbidden" });
  await resetSecondFactor({ actor: admin, id: user.id });
  expect(await enter(user)).toHaveProperty("sessionId");
  await expect(resetSecondFactor({ actor: admin, id: 9999 })).rejects.toMatchObject({ code: "not_found" });
});

test("an older encryption key is named when it is missing, and no longer needed after a rotation", async () => {
  const admin = await addUser("admin");
  const { secret } = await turnOn(admin);
  const [before, after] = [process.env.ENCRYPTION_KEY ?? "", Buffer.alloc(32, 9).toString("base64")];
  const startWithKey = (key: string) => {
    process.env.ENCRYPTION_KEY = key;
    forgetEnv();
    forgetSecrets();
  };
  try {
    startWithKey(after);
    await expect(requireKeysOfSecondFactors()).rejects.toThrow(admin.name);
    startWithKey(`${after},${before}`);
    expect(await reencryptSecondFactors({ actor: admin })).toBeGreaterThan(0);
    startWithKey(after);
    await requireKeysOfSecondFactors();
    expect(await enter(admin, codeAt(secret, 0))).toHaveProperty("sessionId");
    await expect(reencryptSecondFactors({ actor: { ...admin, role: "manager" } })).rejects.toMatchObject({
      code: "forbidden",
    });
  } finally {
    startWithKey(before);
  }
});
