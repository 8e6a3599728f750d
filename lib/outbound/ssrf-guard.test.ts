import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { LookupAll } from "@/lib/outbound/shared-lookup";
import { checkUrl, guardedConnector, parseOutboundAllow } from "@/lib/outbound/ssrf-guard";

const NOTHING = parseOutboundAllow("");

/** Hosts as they can stand in a URL; each is refused when saved and again when connected to. */
const REFUSED_HOSTS: [string, RegExp][] = [
  ["127.0.0.1", /127\.0\.0\.1 is a loopback address/],
  ["127.1", /127\.0\.0\.1/],
  ["2130706433", /127\.0\.0\.1/],
  ["0x7f000001", /127\.0\.0\.1/],
  ["0177.0.0.1", /127\.0\.0\.1/],
  ["①②⑦.0.0.1", /127\.0\.0\.1/],
  ["127.0.0.1.", /127\.0\.0\.1/],
  ["0.0.0.0", /unspecified/],
  ["10.1.2.3", /private/],
  ["172.16.0.1", /private/],
  ["192.168.0.1", /private/],
  ["169.254.169.254", /link-local/],
  ["100.100.100.200", /carrier-grade NAT/],
  ["168.63.129.16", /cloud metadata/],
  ["192.0.0.192", /reserved/],
  ["198.18.0.1", /reserved/],
  ["203.0.113.5", /reserved/],
  ["224.0.0.1", /multicast/],
  ["240.0.0.1", /reserved/],
  ["255.255.255.255", /broadcast/],
  ["[::1]", /::1 is a loopback/],
  ["[::]", /unspecified/],
  ["[::127.0.0.1]", /reserved/],
  ["[::ffff:127.0.0.1]", /loopback/],
  ["[::ffff:a9fe:a9fe]", /link-local/],
  ["[::ffff:0:7f00:1]", /reserved/],
  ["[64:ff9b::7f00:1]", /NAT64/],
  ["[64:ff9b:1::7f00:1]", /NAT64/],
  ["[2002:7f00:1::]", /6to4/],
  ["[2001::1]", /Teredo/],
  ["[fe80::1]", /link-local/],
  ["[fec0::1]", /reserved/],
  ["[fc00::1]", /private/],
  ["[fd00:ec2::254]", /private/],
  ["[ff02::1]", /multicast/],
  ["[2001:db8::1]", /reserved/],
  ["[100::1]", /reserved/],
  ["[4000::1]", /reserved/],
  ["localhost", /this machine itself/],
  ["LOCALHOST.", /this machine itself/],
  ["api.localhost", /this machine itself/],
];

test.each(REFUSED_HOSTS)("a URL to %s is not saved", (host, message) => {
  const check = checkUrl(`https://${host}:8443/hook`, { allow: NOTHING, requireHttps: false });
  expect(check).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  expect(check).toHaveProperty("message", expect.stringContaining("OUTBOUND_ALLOW"));
});

test.each(REFUSED_HOSTS)("no connection to %s is opened", async (host, message) => {
  const { hostname } = new URL(`http://${host}/`);
  const error = await connectError({ allow: NOTHING, hostname: hostname.replace(/^\[|\]$/g, "") });
  expect(error).toMatchObject({ name: "BlockedAddressError", message: expect.stringMatching(message) });
});

test.each([
  ["https://crm.example/orders", { ok: true }],
  ["HTTPS://crm.example:8443/orders?key=1", { ok: true }],
  ["https://пример.рф/заказы", { ok: true }],
  ["https://8.8.8.8/", { ok: true }],
  ["https://[2606:4700::1111]/", { ok: true }],
  ["http://crm.example/orders", { ok: true, warning: "http" }],
])("%s can be saved", (url, expected) => {
  expect(checkUrl(url, { allow: NOTHING, requireHttps: false })).toEqual(expected);
});

test.each([
  ["", /begin with https/],
  ["crm.example/orders", /begin with https/],
  ["ftp://crm.example/", /begin with https/],
  ["file:///etc/passwd", /begin with https/],
  ["javascript:alert(1)", /begin with https/],
  ["https:crm.example", /begin with https/],
  ["https://user:secret@crm.example/", /Basic Auth/],
  ["https://user@crm.example/", /Basic Auth/],
  ["https://crm.example/a b", /spaces/],
  ["https://crm\n.example/", /line breaks/],
  ["https://crm.example\\@127.0.0.1/", /backslashes/],
  ["https://", /not valid/],
  ["https://crm.example:99999/", /not valid/],
  ["https://[fe80::1%25eth0]/", /not valid/],
  ["https://1.2.3.4.5/", /not valid/],
  [`https://crm.example/${"a".repeat(2048)}`, /at most 2048/],
])("%j is refused", (url, message) => {
  const check = checkUrl(url, { allow: NOTHING, requireHttps: false });
  expect(check).toMatchObject({ ok: false, message: expect.stringMatching(message) });
});

test("REQUIRE_HTTPS refuses http and names itself", () => {
  expect(checkUrl("http://crm.example/", { allow: NOTHING, requireHttps: true })).toMatchObject({
    ok: false,
    message: expect.stringContaining("REQUIRE_HTTPS"),
  });
  expect(checkUrl("https://crm.example/", { allow: NOTHING, requireHttps: true })).toEqual({ ok: true });
});

test.each([
  ["127.0.0.1", "http://127.0.0.1:3000/", true],
  ["127.0.0.1", "http://[::ffff:127.0.0.1]:3000/", true],
  ["127.0.0.1", "http://127.0.0.2/", false],
  ["127.0.0.1", "http://localhost/", false],
  [" 10.0.0.0/8 , crm.local ", "http://10.200.3.4/", true],
  ["10.0.0.0/8,crm.local", "http://11.0.0.1.nip.example/", true],
  ["10.0.0.0/8", "http://192.168.0.1/", false],
  ["10.0.0.0/8", "http://[fc00::1]/", false],
  ["fc00::/7", "http://[fd12::1]/", true],
  ["fc00::/7", "http://10.0.0.1/", false],
  ["::1", "http://[::1]/", true],
  ["localhost", "http://localhost:8080/", true],
  ["LocalHost.", "http://LOCALHOST/", true],
  ["localhost", "http://api.localhost/", false],
  ["0.0.0.0/0", "http://127.0.0.1/", true],
  ["", "http://127.0.0.1/", false],
  [",, ,", "http://127.0.0.1/", false],
])("OUTBOUND_ALLOW=%j lets %s through: %j", (text, url, expected) => {
  expect(checkUrl(url, { allow: parseOutboundAllow(text), requireHttps: false }).ok).toBe(expected);
});

test.each([
  "10.0.0.0/33",
  "10.0.0.0/-1",
  "10.0.0.0/",
  "10.0.0.0/8/8",
  "fc00::/129",
  "10.0.0",
  "300.1.1.1",
  "127.0.0.1:3000",
  "[::1]",
  "http://crm.local",
  "crm.local/path",
  "*.crm.local",
  "crm local",
  "fe80::1%eth0",
])("OUTBOUND_ALLOW refuses %j by name", (entry) => {
  expect(() => parseOutboundAllow(`127.0.0.1,${entry}`)).toThrow(`OUTBOUND_ALLOW: "${entry}"`);
});

let server: Server;
let port: number;
let connectionCount = 0;

beforeAll(async () => {
  server = createServer((socket) => {
    connectionCount += 1;
    socket.on("error", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
});

afterAll(async () => {
  server.close();
  await once(server, "close");
});

test("a name that resolves to a private address is refused, also among public ones", async () => {
  for (const answers of [
    ["10.0.0.5"],
    ["93.184.216.34", "10.0.0.5"],
    ["2606:4700::1111", "::1"],
    ["::ffff:127.0.0.1"],
  ]) {
    const error = await connectError({
      allow: NOTHING,
      hostname: "evil.example",
      lookupAll: resolver([answers]),
    });
    expect(error).toMatchObject({ name: "BlockedAddressError" });
    expect(error?.message).toContain(`evil.example resolves to ${answers.at(-1)}`);
    expect(error?.message).toMatch(/add evil\.example or \S+ to OUTBOUND_ALLOW/);
  }
});

test("the name is resolved once per connection, and a rebinding answer is refused at the next one", async () => {
  const before = connectionCount;
  const allow = parseOutboundAllow("127.0.0.1");
  const lookupAll = resolver([["127.0.0.1"], ["10.0.0.5"]]);
  expect(await connectError({ allow, hostname: "rebinding.example", lookupAll })).toBeNull();
  expect(lookupAll.calls).toBe(1);

  const error = await connectError({ allow, hostname: "rebinding.example", lookupAll });
  expect(error).toMatchObject({ name: "BlockedAddressError", message: expect.stringContaining("10.0.0.5") });
  expect(connectionCount).toBe(before + 1);
});

test.each([["127.0.0.1"], ["127.0.0.0/8"], ["inside.example"]])(
  "OUTBOUND_ALLOW=%s opens the connection",
  async (text) => {
    const before = connectionCount;
    const lookupAll = resolver([["127.0.0.1"]]);
    expect(
      await connectError({ allow: parseOutboundAllow(text), hostname: "inside.example", lookupAll }),
    ).toBeNull();
    expect(connectionCount).toBe(before + 1);
  },
);

test("a name without an address is a DNS failure", async () => {
  const error = await connectError({ allow: NOTHING, hostname: "empty.example", lookupAll: resolver([[]]) });
  expect(error).toMatchObject({ code: "ENOTFOUND" });
});

/** A resolver that gives the first answer first, and the last one for ever after. */
function resolver(answers: string[][]): LookupAll & { calls: number } {
  const lookupAll = Object.assign(
    ((_hostname, callback) => {
      const answer = answers[Math.min(lookupAll.calls, answers.length - 1)] ?? [];
      lookupAll.calls += 1;
      setImmediate(() =>
        callback(
          null,
          answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
        ),
      );
    }) as LookupAll,
    { calls: 0 },
  );
  return lookupAll;
}

/** Connects through the guard; null when a connection came about (it is closed again). */
function connectError({
  hostname,
  ...guard
}: Parameters<typeof guardedConnector>[0] & { hostname: string }): Promise<
  (Error & { code?: string }) | null
> {
  return new Promise((resolve) => {
    const options = { hostname, host: hostname, protocol: "http:", port: String(port) };
    guardedConnector(guard)(options, (error, socket) => {
      if (socket) socket.once("close", () => resolve(null)).destroy();
      else resolve(error);
    });
  });
}
