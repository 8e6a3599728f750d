import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "@/db/client";
import { insertUser, selectUser, updateUserRow } from "@/db/queries/users";
import { auditLog } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { hashPassword } from "./passwords";
import { signIn } from "./sign-in";

const PASSWORD = "a long enough password";
let database: TestDatabase;
let passwordHash: string;
let tried = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  passwordHash = await hashPassword(PASSWORD);
});
afterAll(() => database.close());
beforeEach(() => database.empty());

/** Each user has an address of its own, so that no test meets the limits of another. */
async function addUser() {
  tried += 1;
  const email = `Anna${tried}@example.com`;
  const user = await insertUser(db(), { email, name: "Anna", role: "viewer", passwordHash });
  return { id: user?.id ?? 0, email, clientIp: `192.0.2.${tried}` };
}

async function auditActions() {
  return (await db().select().from(auditLog)).map((row) => row.action);
}

describe("signIn", () => {
  test("lets a user in, letter case of the e-mail aside, and notes it", async () => {
    const { id, email, clientIp } = await addUser();
    const signedIn = await signIn({ email: ` ${email.toUpperCase()} `, password: PASSWORD, clientIp });
    expect(signedIn).toEqual({ id, email, name: "Anna", sessionEpoch: 0 });
    expect((await selectUser(id))?.lastSignInAt).toBeInstanceOf(Date);
    expect(await auditActions()).toEqual(["sign_in.succeeded"]);
  });

  test("refuses a wrong password, an unknown e-mail and a disabled user in the same words", async () => {
    const { email, clientIp } = await addUser();
    const disabled = await addUser();
    await updateUserRow(db(), { id: disabled.id, changes: { isActive: false } });
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
    await expect(signIn(elsewhere)).resolves.toMatchObject({ email });
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

  test("stops guessing at one user from ever new addresses", async () => {
    const { email } = await addUser();
    for (let guess = 0; guess < 50; guess += 1) {
      const from = { email, password: "guess", clientIp: `198.51.100.${guess}` };
      await expect(signIn(from)).rejects.toMatchObject({ code: "unauthorized" });
    }
    const fresh = { email, password: PASSWORD, clientIp: "198.51.100.77" };
    await expect(signIn(fresh)).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("signing in well does not use the limit up", async () => {
    const { email, clientIp } = await addUser();
    for (let round = 0; round < 7; round += 1) await signIn({ email, password: PASSWORD, clientIp });
    expect(await auditActions()).toHaveLength(7);
  });
});
