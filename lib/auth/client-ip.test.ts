import { expect, test } from "vitest";
import { clientIp } from "./client-ip";

test.each([
  ["203.0.113.5", "203.0.113.5"],
  ["10.9.8.7, 203.0.113.5", "203.0.113.5"],
  ["", "unknown"],
  [undefined, "unknown"],
])("X-Forwarded-For %j names %s", (forwarded, ip) => {
  expect(clientIp(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }))).toBe(ip);
});
