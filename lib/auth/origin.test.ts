import { expect, test } from "vitest";
import { safeCallbackPath } from "./origin";

test.each([
  ["/logs?webhook_id=3#top", "/logs?webhook_id=3#top"],
  ["/", "/"],
  [undefined, "/webhooks"],
  [["/logs", "/orders"], "/webhooks"],
  ["", "/webhooks"],
  ["logs", "/webhooks"],
  ["https://evil.example/", "/webhooks"],
  ["//evil.example/", "/webhooks"],
  ["/\\evil.example", "/webhooks"],
  ["/\t/evil.example", "/webhooks"],
  ["javascript:alert(1)", "/webhooks"],
  ["//", "/webhooks"],
  ["/x/..//evil.example", "/webhooks"],
  ["/sign-in/../..//evil.example", "/webhooks"],
  ["/x/../\\evil.example", "/webhooks"],
  ["/.//evil.example", "/webhooks"],
  ["/%2e%2e//evil.example", "/webhooks"],
])("after signing in, %j leads to %s", (asked, path) => {
  expect(safeCallbackPath(asked)).toBe(path);
});
