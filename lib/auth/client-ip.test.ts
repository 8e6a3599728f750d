import { expect, test } from "vitest";
import { clientIp, networkOf } from "./client-ip";

test.each([
  ["203.0.113.5", "203.0.113.5"],
  ["10.9.8.7, 203.0.113.5", "203.0.113.5"],
  ["203.0.113.5:51234", "203.0.113.5"],
  ["[2001:db8::1]:51234", "2001:db8::1"],
  ["[2001:db8::1]", "2001:db8::1"],
  ["2001:db8::1", "2001:db8::1"],
  ["::ffff:203.0.113.5", "203.0.113.5"],
  ["", "unknown"],
  [undefined, "unknown"],
])("X-Forwarded-For %j names %s", (forwarded, ip) => {
  expect(clientIp(new Headers(forwarded === undefined ? {} : { "x-forwarded-for": forwarded }))).toBe(ip);
});

test.each([
  ["203.0.113.5", "203.0.113.5"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:DB8:0:0:ffff::9", "2001:db8:0:0::/64"],
  ["2001:db8:0:1::1", "2001:db8:0:1::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["unknown", "unknown"],
])("limits count %s as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
