import { expect, test } from "vitest";
import { redactHeaders, redactOutcome, redactText } from "@/lib/outbound/redact";
import { refuse } from "@/lib/refusals/refuse";

test("credentials and the named headers are hidden in any case, the others stay", () => {
  const headers = {
    Authorization: "Bearer top-secret",
    "X-API-Key": "key-1",
    "Set-Cookie": "session=1",
    "content-type": "application/json",
    "webhook-signature": "v1,abc",
  };
  expect(redactHeaders(headers, ["x-api-key"])).toEqual({
    Authorization: "***",
    "X-API-Key": "***",
    "Set-Cookie": "***",
    "content-type": "application/json",
    "webhook-signature": "v1,abc",
  });
});

test.each<[string, string, string[], string]>([
  ["every occurrence", "token abcd1234, again abcd1234", ["abcd1234"], "token ***, again ***"],
  ["the longer of two nested secrets", "x=abcd-efgh y=abcd", ["abcd", "abcd-efgh"], "x=*** y=***"],
  ["a JSON-escaped secret", '{"p":"a\\"b\\\\cd"}', ['a"b\\cd'], '{"p":"***"}'],
  ["a URL-encoded secret", "/?p=%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C", ["пароль"], "/?p=***"],
  ["a pattern's characters", "got $&.*(x) back", ["$&.*(x)"], "got *** back"],
  ["the credentials of an Authorization value", "got dXNlcjpwYXNz", ["Basic dXNlcjpwYXNz"], "got ***"],
  ["a secret that the end cuts off", "body … abcdefghijkl", ["abcdefghijklmnop"], "body … ***"],
  ["an end that only begins like a secret", "body … abcdef", ["abcdefghijklmnop"], "body … abcdef"],
  ["a secret too short to tell", "status 123, id 123", ["123"], "status 123, id 123"],
  ["no secret at all", "untouched", [""], "untouched"],
])("redactText hides %s", (_name, text, secrets, expected) => {
  expect(redactText(text, secrets)).toBe(expected);
});

test("a receiver that echoes the token gets it into no part of the outcome", () => {
  const token = "tok_5f2d9c";
  const outcome = {
    success: false,
    status: 302,
    durationMs: 12,
    responseHeaders: { "x-echo": `Bearer ${token}`, [`x-${token}`]: "1", "set-cookie": "session=1" },
    responseBody: `{"you sent":"${token}"}`,
    errorCode: "redirect" as const,
    fault: refuse("fault_redirect", {
      receiver: "crm.example",
      answer: "302 Found",
      to: `https://crm.example/?t=${token}`,
    }),
    retryAfter: token,
    redirectTo: `https://crm.example/?t=${token}`,
  };
  const redacted = redactOutcome(outcome, [token]);
  expect(JSON.stringify(redacted)).not.toContain(token);
  expect(redacted.responseHeaders).toEqual({ "x-echo": "Bearer ***", "x-***": "1", "set-cookie": "***" });
  expect(redacted.redirectTo).toBe("https://crm.example/?t=***");
  expect(redacted).toMatchObject({ success: false, status: 302, durationMs: 12, errorCode: "redirect" });
});
