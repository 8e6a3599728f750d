import { expect, test } from "vitest";
import { maskEchoes, maskUrl, maskUrlsIn } from "./mask-url";

test.each([
  ["https://crm.example/orders/new", "https://crm.example/orders/new"],
  ["https://me:pa@ss@crm.example:8443/a", "https://***@crm.example:8443/a"],
  [
    "https://crm.example/a?api_key=k-1&source=iiko&empty=",
    "https://crm.example/a?api_key=***&source=***&empty=",
  ],
  ["https://crm.example?k-1#frag", "https://crm.example?***#***"],
  ["https://crm.example/?a=b=c&&d", "https://crm.example/?a=***&&***"],
  ["https://api.telegram.org/bot123456:AAE-x_y/sendMessage", "https://api.telegram.org/bot***/sendMessage"],
  [
    "https://api.telegram.org/bot123456%3AAAE/test/sendMessage",
    "https://api.telegram.org/bot***/test/sendMessage",
  ],
  [
    "https://x.bitrix24.ru/rest/1/ab12cd34/crm.lead.add.json",
    "https://x.bitrix24.ru/rest/1/***/crm.lead.add.json",
  ],
  [
    "https://hooks.example/services/T0001/B0001/Ab3dEf6hIj9lMn2pQr5tUv8x",
    "https://hooks.example/services/T0001/B0001/***",
  ],
  ["https://n8n.example/webhook/550e8400-e29b-41d4-a716-446655440000", "https://n8n.example/webhook/***"],
  ["https://crm.example/bottles/rest/orders", "https://crm.example/bottles/rest/orders"],
])("%j is shown as %j", (url, masked) => {
  expect(maskUrl(url)).toBe(masked);
  expect(maskUrl(masked)).toBe(masked);
});

test("every URL in a text is masked, and an answer that repeats a secret too", () => {
  expect(maskUrlsIn("crm.example answered 302 and pointed to https://b.example/x?key=k-1. Redirects …")).toBe(
    "crm.example answered 302 and pointed to https://b.example/x?key=*** Redirects …",
  );
  const url = "https://crm.example/a?api_key=s3cret%20key";
  expect(maskEchoes({ text: '{"key":"s3cret key","url":"/a?api_key=s3cret%20key"}', url })).toBe(
    '{"key":"***","url":"/a?api_key=***"}',
  );
});

test("a long URL of signs costs no more than its length", () => {
  for (const sign of ["/", "?", "#", "@", "&", "=", ":", "bot1:"]) {
    expect(maskUrl(`https://a.example/${sign.repeat(200_000)}`)).toContain("https://");
  }
});
