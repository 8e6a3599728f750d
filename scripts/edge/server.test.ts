import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { bodyLimit, createEdgeServer } from "./server.mjs";

const MIB = 1024 * 1024;
const JSON_TYPE = "content-type: application/json\r\n";
let server: http.Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

type Setup = { appUrl?: string; options?: object; handle?: http.RequestListener };

async function serve({ appUrl, options, handle = echo }: Setup = {}): Promise<number> {
  server = createEdgeServer({ appUrl, options, handle });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

const echo: http.RequestListener = async (request, response) => {
  const body = await text(request).catch(() => "");
  if (!response.headersSent)
    response.end(
      JSON.stringify({
        url: request.url,
        length: body.length,
        forwarded: request.headers["x-forwarded-host"],
      }),
    );
};

/** What comes back for these very bytes, until the server closes or has answered whole. */
async function exchange({ port, bytes }: { port: number; bytes: string }): Promise<string> {
  const socket = net.connect(port, "127.0.0.1");
  let got = "";
  socket.on("error", () => {});
  socket.on("data", (chunk) => {
    got += chunk;
  });
  socket.write(bytes);
  await once(socket, "close");
  return got;
}

describe("requests that are refused before anything reads them", () => {
  test.each([
    ["two Host headers", "GET / HTTP/1.1\r\nHost: a\r\nhost: b", 400],
    ["no Host", "GET / HTTP/1.1", 400],
    ["a Host with a path", "GET / HTTP/1.1\r\nHost: a/b", 400],
    ["a Host with a user", "GET / HTTP/1.1\r\nHost: a@b", 400],
    ["an empty Host", "GET / HTTP/1.1\r\nHost:", 400],
    ["an empty Host in HTTP/1.0", "GET / HTTP/1.0\r\nHost:", 400],
    ["a percent sign that is no byte", "GET /orders/%zz HTTP/1.1\r\nHost: a", 400],
    ["a byte that is no UTF-8", "GET /e/%ff HTTP/1.1\r\nHost: a", 400],
    ["a whole address as target", "GET http://evil.example/ HTTP/1.1\r\nHost: a", 400],
    ["TRACE", "TRACE / HTTP/1.1\r\nHost: a", 405],
    ["PROPFIND", "PROPFIND / HTTP/1.1\r\nHost: a", 405],
    ["CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80", 405],
  ])("%s", async (_what, head, status) => {
    const port = await serve();
    const got = await exchange({ port, bytes: `${head}\r\nConnection: close\r\n\r\n` });
    expect(got.split("\r\n")[0]).toContain(`HTTP/1.1 ${status} `);
  });

  test("a body that is announced as too large, answered before it comes", async () => {
    const port = await serve();
    const headers = { "content-length": 300 * MIB };
    const request = http.request({ port, host: "127.0.0.1", method: "POST", headers });
    request.on("error", () => {});
    request.flushHeaders();
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    expect([response.statusCode, await text(response)]).toEqual([413, expect.stringContaining("over 1 MiB")]);
    request.destroy();
  });

  test.each(["a", "a.example:3000", "127.0.0.1:3000", "[::1]:3000", "up_stream"])(
    "Host %s is taken",
    async (host) => {
      const port = await serve();
      const got = await exchange({
        port,
        bytes: `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      });
      expect(got).toContain("HTTP/1.1 200 ");
    },
  );
});

test.each([
  ["POST /e/key/", "/e/key"],
  ["POST //e/key", "/e/key"],
  ["POST /iiko//key/?a=//b/", "/iiko/key?a=//b/"],
  ["GET /api/v1/outgoing-webhooks/?limit=1", "/api/v1/outgoing-webhooks?limit=1"],
  ["POST http://Hooks.example:3000/e/key", "/e/key"],
  ["GET http://hooks.example:3000", "/"],
  ["OPTIONS *", "/api/health"],
  ["OPTIONS /", "/api/health"],
  ["GET //orders/", "//orders/"],
])("%s is taken as %s", async (target, url) => {
  const port = await serve();
  const head = `${target} HTTP/1.1\r\nHost: hooks.example:3000\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  expect(await exchange({ port, bytes: head })).toContain(`"url":${JSON.stringify(url)}`);
});

test("a slash too many opens no way around the limit of a body", async () => {
  const port = await serve();
  const head = `POST //api//v1/outgoing-webhooks/ HTTP/1.1\r\nHost: a\r\nContent-Length: ${2 * MIB}\r\n\r\n`;
  expect(await exchange({ port, bytes: head + "x".repeat(2 * MIB) })).toContain("HTTP/1.1 413 ");
});

describe("what a connection sends without waiting for answers", () => {
  const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;

  test("is begun one after another and answered in its order", async () => {
    let underWay = 0;
    let most = 0;
    const port = await serve({
      handle: (request, response) => {
        underWay += 1;
        most = Math.max(most, underWay);
        setImmediate(() => {
          underWay -= 1;
          response.end(`<${request.url}>`);
        });
      },
    });
    const paths = Array.from({ length: 20 }, (_, n) => `/${n}`);
    const last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    const got = await exchange({ port, bytes: paths.map(get).join("") + last });
    expect(got.match(/<[^>]*>/g)).toEqual([...paths, "/last"].map((path) => `<${path}>`));
    expect(most).toBe(1);
  });

  test("ends the connection when it is more than 32 ahead", async () => {
    let begun = 0;
    const port = await serve({
      handle: () => {
        begun += 1;
      },
    });
    await exchange({ port, bytes: get("/").repeat(1_000) });
    expect(begun).toBe(1);
  });
});

test("HTTP/1.0 needs no Host: load balancers ask for the health so", async () => {
  const port = await serve({
    handle: (request, response) => response.end(`asked as ${request.headers.host}`),
  });
  expect(await exchange({ port, bytes: "OPTIONS / HTTP/1.0\r\n\r\n" })).toMatch(
    /^HTTP\/1.1 200 .*asked as localhost$/s,
  );
});

test("a request to upgrade is answered as HTTP/1.1, its body too", async () => {
  const port = await serve();
  const upgrade =
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
  const socket = net.connect(port, "127.0.0.1");
  socket.write(`POST /e/k HTTP/1.1\r\nHost: a\r\n${upgrade}${JSON_TYPE}Content-Length: 2\r\n\r\n{}`);
  const [chunk] = await once(socket, "data");
  socket.destroy();
  expect(String(chunk)).toContain("HTTP/1.1 200 ");
  expect(String(chunk)).toContain('"length":2}');
});

test.each([
  ["just under the limit", 1, 200],
  ["over the limit", 3, 413],
  ["endless", 40, 413],
])("a chunked body %s", async (_what, mebibytes, status) => {
  const port = await serve();
  const request = http.request({ port, host: "127.0.0.1", path: "/api/auth/_log", method: "POST" });
  request.on("error", () => {});
  const answered = once(request, "response") as Promise<[http.IncomingMessage]>;
  let isClosed = false;
  request.on("close", () => {
    isClosed = true;
  });
  const chunk = Buffer.alloc(MIB - 1);
  for (let sent = 0; sent < mebibytes && !isClosed; sent += 1) {
    await new Promise<void>((done) => {
      request.once("close", done);
      request.write(chunk, () => done());
    });
  }
  request.end();
  const [response] = await answered;
  expect(response.statusCode).toBe(status);
  response.resume();
});

test("only the intake and the inspector, which bound their own, may have more", () => {
  for (const path of ["/e/k", "/iiko/k", "/api/inspector/t", "/api/v1/events", "/api/v1/events?x=1"])
    expect(bodyLimit(path)).toBeUndefined();
  for (const path of ["/", "/api/auth/_log", "/api/v1/outgoing-webhooks", "/x/e/k"])
    expect(bodyLimit(path)).toBe(MIB);
  expect(bodyLimit("/api/inngest?fnId=x")).toBe(8 * MIB);
});

test("every answer has a policy and the security headers; one that an answer brings stands", async () => {
  const port = await serve({
    handle: (request, response) => {
      if (request.url === "/own") response.setHeader("content-security-policy", "own");
      response.end();
    },
  });
  const url = `http://127.0.0.1:${port}`;
  expect((await fetch(`${url}/own`)).headers.get("content-security-policy")).toBe("own");
  for (const answer of [await fetch(url), await fetch(url, { method: "PROPFIND" })]) {
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'none'");
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
  }
});

describe("saving in the panel behind a proxy", () => {
  const APP_URL = "https://hooks.example";
  const save = async ({ appUrl, host, origin }: { appUrl?: string; host: string; origin: string }) => {
    const port = await serve(appUrl === undefined ? {} : { appUrl });
    const head = `POST /webhooks HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nNext-Action: 1\r\nContent-Length: 0\r\nConnection: close`;
    return exchange({ port, bytes: `${head}\r\n\r\n` });
  };

  test.each(["upstream_name", "hooks.example", "127.0.0.1:3000"])(
    "works with Host %s when the origin is APP_URL",
    async (host) => {
      expect(await save({ appUrl: APP_URL, host, origin: APP_URL })).toContain('"forwarded":"hooks.example"');
    },
  );

  test("without APP_URL the browser's own Host is enough, and another one is told in words", async () => {
    expect(await save({ host: "a:3000", origin: "http://a:3000" })).toContain("HTTP/1.1 200 ");
    const refused = await save({ host: "a", origin: "http://a:3000" });
    expect(refused).toContain("HTTP/1.1 403 ");
    expect(refused).toContain("content-type: text/plain\r\n");
    expect(refused).toMatch(/Задайте в APP_URL .*\n.*Set APP_URL/);
  });

  test.each(["https://evil.example", "null", "http://hooks.example"])(
    "from %s nothing is saved",
    async (origin) => {
      const refused = await save({ appUrl: APP_URL, host: "upstream_name", origin });
      expect(refused).toContain("HTTP/1.1 403 ");
      expect(refused).toContain(`Open the panel at ${APP_URL} (APP_URL).`);
    },
  );
});

test("connections are kept longer than proxies keep theirs, and those that dawdle are closed", async () => {
  const options = { headersTimeout: 100, requestTimeout: 200, connectionsCheckingInterval: 20 };
  const port = await serve({ options });
  expect(server.keepAliveTimeout).toBe(125_000);
  const body = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nslow";
  for (const bytes of ["GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", body]) {
    expect(await exchange({ port, bytes })).toMatch(/^(HTTP\/1\.1 408 |$)/);
  }
  await serveDefaults();
  expect([server.headersTimeout, server.requestTimeout]).toEqual([15_000, 120_000]);
});

async function serveDefaults(): Promise<void> {
  server.closeAllConnections();
  server.close();
  await serve();
}
