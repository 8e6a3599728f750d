import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "@/db/client";
import { apiTokens, users } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/testing/database";
import { parseEnv } from "@/lib/env";
import { SYSTEM_ACTOR } from "./actor";
import { authenticateToken } from "./authenticate-token";
import { bootstrap } from "./bootstrap";
import { isPasswordOf } from "./passwords";
import { forgetTokens } from "./token-cache";
import { revokeToken } from "./tokens/revoke";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.empty();
  forgetTokens();
});

test("with nothing given, two starts at once make one admin and one token that work", async () => {
  const made = await Promise.all([bootstrap(parseEnv({})), bootstrap(parseEnv({}))]);
  const [first, ...others] = made.filter((each) => each !== null);
  expect(others).toEqual([]);
  expect(first?.adminEmail).toBe("admin@localhost");
  const [admin] = await db().select().from(users);
  expect(
    await isPasswordOf({ password: first?.adminPassword ?? "", passwordHash: admin?.password_hash }),
  ).toBe(true);
  expect(await authenticateToken(`Bearer ${first?.apiToken}`)).toMatchObject({ role: "admin" });
  expect(await bootstrap(parseEnv({}))).toBeNull();
});

test("a given admin is made once, and a later start leaves the password alone", async () => {
  const given = { ADMIN_EMAIL: "Anna@example.com", ADMIN_PASSWORD: "the first password" };
  expect(await bootstrap(parseEnv(given))).toBeNull();
  expect(
    await bootstrap(parseEnv({ ...given, ADMIN_EMAIL: "anna@example.com", ADMIN_PASSWORD: "another" })),
  ).toBeNull();
  const all = await db().select().from(users);
  expect(all).toMatchObject([{ email: "Anna@example.com", role: "admin", is_active: true }]);
  expect(await isPasswordOf({ password: "the first password", passwordHash: all[0]?.password_hash })).toBe(
    true,
  );
  expect(await db().select().from(apiTokens)).toEqual([]);
});

test("only what was made up is given back", async () => {
  const made = await bootstrap(
    parseEnv({ ADMIN_EMAIL: "boss@example.com", BOOTSTRAP_API_TOKEN: "given-by-the-script" }),
  );
  expect(made).toEqual({ adminEmail: "boss@example.com", adminPassword: expect.any(String), apiToken: null });
});

test("BOOTSTRAP_API_TOKEN works from the first start, and a new value ends the old one", async () => {
  await bootstrap(parseEnv({ BOOTSTRAP_API_TOKEN: "the-first-given-token" }));
  await bootstrap(parseEnv({ BOOTSTRAP_API_TOKEN: "the-first-given-token" }));
  expect(await db().select().from(apiTokens)).toHaveLength(1);
  expect(await authenticateToken("Bearer the-first-given-token")).toMatchObject({
    kind: "token",
    role: "admin",
  });
  await bootstrap(parseEnv({ BOOTSTRAP_API_TOKEN: "the-second-given-token" }));
  forgetTokens();
  await expect(authenticateToken("Bearer the-first-given-token")).rejects.toMatchObject({
    code: "unauthorized",
  });
  expect(await authenticateToken("Bearer the-second-given-token")).toMatchObject({ role: "admin" });
});

test("a BOOTSTRAP_API_TOKEN that is taken out stops working, given again works, revoked stays so", async () => {
  const token = "given-by-the-environment";
  const authenticate = () => {
    forgetTokens();
    return authenticateToken(`Bearer ${token}`);
  };
  await bootstrap(parseEnv({ BOOTSTRAP_API_TOKEN: token }));
  expect(await authenticate()).toMatchObject({ role: "admin" });
  await bootstrap(parseEnv({}));
  await expect(authenticate()).rejects.toMatchObject({ code: "unauthorized" });
  await bootstrap(parseEnv({ BOOTSTRAP_API_TOKEN: token }));
  const { id } = await authenticate();
  await revokeToken({ actor: SYSTEM_ACTOR, id });
  await bootstrap(parseEnv({}));
  await bootstrap(parseEnv({ BOOTSTRAP_API_TOKEN: token }));
  await expect(authenticate()).rejects.toMatchObject({ code: "unauthorized" });
});
