import dns from "node:dns/promises";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeAll } from "@/lib/outbound/connections";
import { type ResolveOptions, resolveHost } from "@/lib/outbound/resolve-host";
import { sendRequest } from "@/lib/outbound/send";
import { createSharedLookup } from "@/lib/outbound/shared-lookup";
import { parseOutboundAllow } from "@/lib/outbound/ssrf-guard";
import { type DnsServer, startDnsServer } from "@/lib/outbound/testing/dns-server";
import { startReceiver } from "@/lib/outbound/testing/receiver";
import { refusalText } from "@/lib/refusals/refusal-text";

const ANSWERS: Record<string, string[]> = {
  "crm.test": ["127.0.0.1", "192.0.2.7"],
  "two.test": ["127.0.0.1"],
  "inside.test": ["10.0.0.5", "127.0.0.1"],
};

let server: DnsServer;
let folder: string;
let options: ResolveOptions;

beforeAll(async () => {
  server = await startDnsServer({
    answers: (name) => (name.startsWith("dead") ? null : (ANSWERS[name] ?? [])),
  });
  folder = await mkdtemp(path.join(tmpdir(), "hosts-"));
  const hostsFile = path.join(folder, "hosts");
  await writeFile(
    hostsFile,
    "# crm.test\n10.1.1.1\tkassa.lan Kassa # the till\n::1 kassa.lan\n\nnothing kassa.lan\n",
  );
  options = { servers: [server.address], hostsFile, limitMs: 400 };
});

afterAll(async () => {
  await closeAll();
  server.close();
  await rm(folder, { recursive: true });
});

test("a name comes from the hosts file, else from the DNS, else from the system", async () => {
  expect(await resolveHost("KASSA.lan", options)).toEqual([
    { address: "10.1.1.1", family: 4 },
    { address: "::1", family: 6 },
  ]);
  expect(await resolveHost("kassa.lan.", options)).toHaveLength(2);
  expect(server.questions.join()).not.toContain("kassa.lan");
  expect(await resolveHost("crm.test", options)).toEqual([
    { address: "127.0.0.1", family: 4 },
    { address: "192.0.2.7", family: 4 },
  ]);
  const viaSystem = await resolveHost("localhost", options);
  expect(server.questions).toContain("localhost");
  expect(viaSystem).toContainEqual({ address: "127.0.0.1", family: 4 });
});

test("a name that nobody knows, one that the DNS is silent about, and one that is none", async () => {
  await expect(resolveHost("nobody.invalid", options)).rejects.toMatchObject({
    code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
  });
  await expect(resolveHost("dead.test", options)).rejects.toMatchObject({ code: "ETIMEOUT" });
  await expect(resolveHost(`${"a".repeat(64)}.test`, options)).rejects.toMatchObject({
    code: expect.any(String),
  });
});

test("addresses of one family do not wait for a DNS that never answers for the other", async () => {
  const halfSilent = await startDnsServer({ answers: () => ["127.0.0.1"], isSilentOnIpv6: true });
  const found = await resolveHost("crm.test", { ...options, servers: [halfSilent.address], limitMs: 60_000 });
  expect(found).toEqual([{ address: "127.0.0.1", family: 4 }]);
  halfSilent.close();
});

test("a hundred webhooks with a dead DNS take nothing from a healthy one, nor from the process", async () => {
  const receiver = await startReceiver();
  let webhookId = 7000;
  const lookupAll = createSharedLookup((name) => resolveHost(name, { ...options, limitMs: 3_000 }));
  const send = async (host: string) => {
    webhookId += 1;
    const outcome = await sendRequest({
      webhookId,
      url: `http://${host}:${receiver.port}/`,
      headers: {},
      body: "{}",
      timeoutMs: 30_000,
      allow: parseOutboundAllow("127.0.0.1"),
      lookupAll,
    });
    return { ...outcome, said: outcome.fault && refusalText(outcome.fault) };
  };
  let deadOnes = 0;
  const dead = Array.from({ length: 100 }, async (_, index) => {
    const outcome = await send(`dead-${index}.test`);
    deadOnes += 1;
    return outcome;
  });
  expect(await send("two.test")).toMatchObject({ success: true });
  await dns.lookup("localhost");
  expect(deadOnes).toBe(0);
  for (const outcome of await Promise.all(dead)) {
    expect(outcome).toMatchObject({
      errorCode: "dns",
      said: expect.stringContaining("DNS did not answer"),
    });
  }

  expect(await send("inside.test")).toMatchObject({
    errorCode: "blocked_address",
    said: expect.stringContaining("inside.test resolves to 10.0.0.5"),
  });
  await receiver.close();
});

test("a name is asked for once at a time, and a failure is remembered for a little", async () => {
  const asked: string[] = [];
  const lookup = createSharedLookup(async (name) => {
    asked.push(name);
    if (name === "bad") throw new Error("no");
    return [{ address: "127.0.0.1", family: 4 }];
  });
  const found = (name: string) =>
    new Promise((resolve) => lookup(name, (error, list) => resolve(error ?? list)));
  for (const name of ["bad", "good"]) {
    await Promise.all([found(name), found(name)]);
    await found(name);
  }
  expect(asked).toEqual(["bad", "good", "good"]);
});
