import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { generateSigningSecret, isSigningSecret, signatureHeaders } from "@/lib/outbound/sign";

const deliveryId = "019c4f00-0000-7000-8000-000000000001";
const body = '{"customer":{"name":"Пётр"}}';
const timestampSeconds = Math.floor(Date.now() / 1000);

test("gives the signature that openssl's HMAC-SHA256 gives", () => {
  const headers = signatureHeaders({
    deliveryId: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestampSeconds: 1614265330,
    body: '{"test": 2432232314}',
    secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  });
  expect(headers).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

test("without a secret the id and the time go alone", () => {
  expect(signatureHeaders({ deliveryId, timestampSeconds, body, secrets: [] })).toEqual({
    "webhook-id": deliveryId,
    "webhook-timestamp": String(timestampSeconds),
  });
});

test("with two secrets a receiver that knows either accepts, one that knows neither does not", () => {
  const secrets = [generateSigningSecret(), generateSigningSecret()];
  const headers = signatureHeaders({ deliveryId, timestampSeconds, body, secrets });
  for (const secret of secrets)
    expect(new Webhook(secret).verify(body, headers)).toEqual({ customer: { name: "Пётр" } });
  expect(() => new Webhook(generateSigningSecret()).verify(body, headers)).toThrow("No matching signature");
  expect(() => new Webhook(secrets[0] ?? "").verify(`${body} `, headers)).toThrow("No matching signature");
});

test("generated secrets are valid and differ", () => {
  const secrets = Array.from({ length: 100 }, generateSigningSecret);
  expect(secrets.every(isSigningSecret)).toBe(true);
  expect(new Set(secrets).size).toBe(100);
});

const ofBytes = (count: number) => `whsec_${Buffer.alloc(count, 7).toString("base64")}`;

test.each([
  [ofBytes(24), true],
  [ofBytes(32), true],
  [ofBytes(64), true],
  [ofBytes(23), false],
  [ofBytes(65), false],
  [ofBytes(32).slice(6), false],
  [ofBytes(32).slice(0, -1), false],
  [`${ofBytes(32)} `, false],
  [`whsec_${Buffer.alloc(24, 255).toString("base64url")}`, false],
  ["whsec_", false],
  ["whsec_пароль пароль пароль пароль пароль", false],
  ["", false],
])("isSigningSecret(%j) is %j", (text, expected) => {
  expect(isSigningSecret(text)).toBe(expected);
});
