import { describe, expect, test } from "vitest";
import { hotp, makeTotpSecret, toBase32, totpStepOf, totpUri } from "./totp";

// RFC 6238, appendix B: the secret and, of its eight digits, the last six.
const SECRET = toBase32(Buffer.from("12345678901234567890"));

describe("totp", () => {
  test.each([
    [59, "287082"],
    [1111111109, "081804"],
    [1111111111, "050471"],
    [1234567890, "005924"],
    [2000000000, "279037"],
    [20000000000, "353130"],
  ])("at second %i the code is %s", (seconds, code) => {
    expect(totpStepOf({ secret: SECRET, code, nowMs: seconds * 1000 })).toBe(Math.floor(seconds / 30));
  });

  test("takes the code of one step before or after, and no further", () => {
    const nowMs = 1_800_000_000_000;
    const step = nowMs / 30_000;
    for (const [drift, expected] of [
      [-2, null],
      [-1, step - 1],
      [0, step],
      [1, step + 1],
      [2, null],
    ] as const) {
      const code = hotp({ secret: SECRET, counter: step + drift });
      expect(totpStepOf({ secret: SECRET, code, nowMs })).toBe(expected);
    }
  });

  test("a secret is 160 bits in base32, and the address names who it is for", () => {
    const secret = makeTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(totpUri({ secret, email: "anna@example.com", issuer: "iiko webhooks" })).toBe(
      `otpauth://totp/iiko%20webhooks:anna%40example.com?secret=${secret}&issuer=iiko%20webhooks`,
    );
  });
});
