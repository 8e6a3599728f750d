import { expect, test } from "vitest";
import { hashPassword, isPasswordOf } from "./passwords";

test("a password fits its own hash only, however its letters were composed", async () => {
  const passwordHash = await hashPassword("пароль-й");
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPasswordOf({ password: "пароль-й", passwordHash })).toBe(true);
  expect(await isPasswordOf({ password: "пароль-и\u0306", passwordHash })).toBe(true);
  expect(await isPasswordOf({ password: "пароль-и", passwordHash })).toBe(false);
});

test("an unknown user has no password that fits", async () => {
  expect(await isPasswordOf({ password: "", passwordHash: undefined })).toBe(false);
});
