import { afterEach, expect, test } from "vitest";
import { processWide } from "@/db/process-wide";
import { forgetEnv } from "@/lib/env";
import { inspectorUrl, ownInspector } from "./own-server";

const TOKEN = "abcdefghijABCDEFGHIJ0123456789-_";
const bound = processWide("listening", () => ({ address: "0.0.0.0", port: 4321 }));

afterEach(() => {
  delete process.env.APP_URL;
  bound.address = "0.0.0.0";
  forgetEnv();
});

function serve(appUrl: string): void {
  process.env.APP_URL = appUrl;
  forgetEnv();
}

test("the inspector is reached at the process's own port by the origins of the product", () => {
  expect(inspectorUrl(TOKEN)).toBe(`http://localhost:4321/api/inspector/${TOKEN}`);
  serve("https://hooks.example.com");
  expect(inspectorUrl(TOKEN)).toBe(`https://hooks.example.com/api/inspector/${TOKEN}`);
  for (const origin of ["https://hooks.example.com", "http://localhost:4321", "http://127.0.0.1:4321"])
    expect(ownInspector(`${origin}/api/inspector/${TOKEN}`)).toEqual({ host: "127.0.0.1", port: 4321 });
});

test.each([
  ["::", "::1"],
  ["10.1.2.3", "10.1.2.3"],
  ["127.0.0.1", "127.0.0.1"],
])("of a server that listens on %s the connection goes to %s", (address, host) => {
  bound.address = address;
  expect(ownInspector(`http://localhost:4321/api/inspector/${TOKEN}`)).toEqual({ host, port: 4321 });
});

test.each([
  ["another path", "http://localhost:4321/api/v1/outgoing-webhooks"],
  ["a path above it", `http://localhost:4321/api/inspector/../health/${TOKEN}`],
  ["an encoded path", `http://localhost:4321/api/inspector/%2e%2e%2fhealth`],
  ["below it", `http://localhost:4321/api/inspector/${TOKEN}/x`],
  ["a query", `http://localhost:4321/api/inspector/${TOKEN}?x=1`],
  ["a fragment", `http://localhost:4321/api/inspector/${TOKEN}#x`],
  ["a shorter token", `http://localhost:4321/api/inspector/${TOKEN.slice(1)}`],
  ["a line break", `http://localhost:4321/api/inspector/${TOKEN}\n`],
  ["another port", `http://localhost:4322/api/inspector/${TOKEN}`],
  ["another name", `http://hooks.example.com/api/inspector/${TOKEN}`],
  ["a name that only begins so", `http://localhost:4321.evil.example/api/inspector/${TOKEN}`],
  ["a user", `http://localhost:4321@evil.example/api/inspector/${TOKEN}`],
  ["another spelling of the address", `http://2130706433:4321/api/inspector/${TOKEN}`],
  ["TLS on the own port", `https://localhost:4321/api/inspector/${TOKEN}`],
])("no exception for %s", (_, url) => {
  expect(ownInspector(url)).toBeNull();
});
