import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { db } from "@/db/client";
import { selectLiveSession, selectSessionsOf } from "@/db/queries/sessions";
import { insertUser, selectUser, updateUserRow } from "@/db/queries/users";
import { auditLog } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { deviceOf, makeDevice } from "./known-device";
import { SESSION_LIFE } from "./sessions/session-life";
import { signIn } from "./sign-in";

const PASSWORD = "a long enough password";
let database: TestDatabase;
let passwordHash: string;
let tried = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  // Cheap to compare with: hundreds of guesses are made.
  passwordHash = await hash(PASSWORD, { memoryCost: 8, timeCost: 1 });
});
afterAll(() => database.close());
beforeEach(() => database.empty());

/** Each user has an address of its own, so that no test meets the limits of another. */
async function addUser() {
  tried += 1;
  const email = `Anna${tried}@example.com`;
  const user = await insertUser(db(), { email, name: "Anna", role: "viewer", password_hash: passwordHash });
  return { id: user?.id ?? 0, email, clientIp: `192.0.2.${tried}` };
}

async function auditActions() {
  return (await db().select().from(auditLog)).map((row) => row.action);
}

describe("signIn", () => {
  test("lets a user in, letter case of the e-mail aside, and notes it", async () => {
    const { id, email, clientIp } = await addUser();
    const signedIn = await signIn({ email: ` ${email.toUpperCase()} `, password: PASSWORD, clientIp });
    expect(signedIn).toEqual({ userId: id, sessionId: expect.any(String) });
    expect(await selectSessionsOf(id, SESSION_LIFE)).toMatchObject([{ client_ip: clientIp, ended_at: null }]);
    expect((await selectUser(id))?.last_sign_in_at).toBeInstanceOf(Date);
    expect(await auditActions()).toEqual(["sign_in.succeeded"]);
  });

  test("refuses a wrong password, an unknown e-mail and a disabled user in the same words", async () => {
    const { email, clientIp } = await addUser();
    const disabled = await addUser();
    await updateUserRow(db(), { id: disabled.id, changes: { is_active: false } });
    const refused = { code: "unauthorized", message: "The e-mail or the password is wrong." };
    for (const tryOf of [
      { email, password: "wrong", clientIp },
      { email: "nobody@example.com", password: PASSWORD, clientIp },
      { email: disabled.email, password: PASSWORD, clientIp },
      { email, password: "x".repeat(257), clientIp },
    ]) {
      await expect(signIn(tryOf)).rejects.toMatchObject(refused);
    }
    expect(await auditActions()).toEqual(["sign_in.failed", "sign_in.failed", "sign_in.failed"]);
    expect(JSON.stringify(await db().select().from(auditLog))).not.toContain("nobody@example.com");
  });

  test("stops guessing at one user from one address, tries at once included, and says for how long", async () => {
    const { email, clientIp } = await addUser();
    const guesses = Array.from({ length: 8 }, () => signIn({ email, password: "guess", clientIp }));
    const codes = (await Promise.allSettled(guesses)).map((guess) =>
      guess.status === "rejected" ? guess.reason.code : "in",
    );
    expect(codes.filter((code) => code === "unauthorized")).toHaveLength(5);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(3);
    await expect(signIn({ email, password: PASSWORD, clientIp })).rejects.toMatchObject({
      code: "rate_limited",
      message: "Too many tries to sign in; try again in 15 min.",
    });
    const elsewhere = { email, password: PASSWORD, clientIp: "192.0.2.200" };
    await expect(signIn(elsewhere)).resolves.toHaveProperty("sessionId");
  });

  test("stops guessing at many users from one address", async () => {
    const { email, clientIp } = await addUser();
    for (let guess = 0; guess < 30; guess += 1) {
      const someone = { email: `someone${guess}@example.com`, password: "guess", clientIp };
      await expect(signIn(someone)).rejects.toMatchObject({ code: "unauthorized" });
    }
    await expect(signIn({ email, password: PASSWORD, clientIp })).rejects.toMatchObject({
      code: "rate_limited",
    });
  });

  test("slows down guessing at one user from ever new addresses, and shuts out nobody who is known", async () => {
    // The 5 seconds of the slow pace must not pass while this runs.
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const { email, clientIp } = await addUser();
    await signIn({ email, password: PASSWORD, clientIp });
    // The one after the 50th is the first that is judged at the slow pace.
    for (let guess = 0; guess < 51; guess += 1) {
      const from = { email, password: "guess", clientIp: `198.51.100.${guess}` };
      await expect(signIn(from)).rejects.toMatchObject({ code: "unauthorized" });
    }
    const stranger = { email, password: PASSWORD, clientIp: "198.51.100.77" };
    // More often than one address may guess: none of these tries was one.
    for (let turnedAway = 0; turnedAway < 6; turnedAway += 1) {
      await expect(signIn(stranger)).rejects.toSatisfy(
        ({ code, retryAfterSeconds }) => code === "rate_limited" && retryAfterSeconds <= 5,
      );
    }
    await expect(signIn({ email, password: PASSWORD, clientIp })).resolves.toHaveProperty("sessionId");
  });

  test("a browser that the user has signed in with is held up by no guesses from others, and counts its own", async () => {
    const { id, email, clientIp } = await addUser();
    for (let guess = 0; guess < 51; guess += 1) {
      const from = { email, password: "guess", clientIp: `198.51.102.${guess}` };
      await expect(signIn(from)).rejects.toMatchObject({ code: "unauthorized" });
    }
    const device = deviceOf(`known-device=${makeDevice(id)}`);
    const travelling = { email, clientIp, device };
    await expect(signIn({ ...travelling, password: PASSWORD })).resolves.toHaveProperty("sessionId");
    for (let guess = 0; guess < 5; guess += 1) {
      const elsewhere = { ...travelling, password: "guess", clientIp: `198.51.103.${guess}` };
      await expect(signIn(elsewhere)).rejects.toMatchObject({ code: "unauthorized" });
    }
    await expect(signIn({ ...travelling, password: PASSWORD })).rejects.toMatchObject({
      code: "rate_limited",
    });
  });

  test("a flood of guesses does not fill the audit trail", async () => {
    for (let guess = 0; guess < 70; guess += 1) {
      const someone = {
        email: `other${guess}@example.com`,
        password: "guess",
        clientIp: `198.51.101.${guess}`,
      };
      await expect(signIn(someone)).rejects.toMatchObject({ code: "unauthorized" });
    }
    expect((await auditActions()).length).toBeLessThanOrEqual(60);
  });

  test("who is disabled while the password is checked does not get in", async () => {
    const { id, email, clientIp } = await addUser();
    const [signedIn] = await Promise.allSettled([
      signIn({ email, password: PASSWORD, clientIp }),
      updateUserRow(db(), { id, changes: { is_active: false } }),
    ]);
    if (signedIn.status === "fulfilled" && "sessionId" in signedIn.value) {
      expect(await selectLiveSession(signedIn.value.sessionId, SESSION_LIFE)).toBeUndefined();
    }
    expect(await selectSessionsOf(id, SESSION_LIFE)).toEqual([]);
  });

  test("signing in well does not use the limit up", async () => {
    const { email, clientIp } = await addUser();
    for (let round = 0; round < 7; round += 1) await signIn({ email, password: PASSWORD, clientIp });
    expect(await auditActions()).toHaveLength(7);
  });
});
