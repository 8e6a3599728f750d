import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from "node:net";
import { setImmediate as immediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { closeAll } from "@/lib/outbound/connections";
import { type DeliveryRequest, sendRequest, withBaseHeaders } from "@/lib/outbound/send";
import type { LookupAll } from "@/lib/outbound/shared-lookup";
import { parseOutboundAllow } from "@/lib/outbound/ssrf-guard";
import {
  answer,
  type Behaviour,
  drip,
  flood,
  gzipBomb,
  hang,
  manyHeaders,
  rawBytes,
  redirect,
  reset,
  resetMidBody,
} from "@/lib/outbound/testing/behaviours";
import { type Certificate, makeAuthority, makeCertificate } from "@/lib/outbound/testing/certificate";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { refusalText } from "@/lib/refusals/refusal-text";

const LOOPBACK = parseOutboundAllow("127.0.0.1");
/** More than any answer here takes, even on a machine that is busy. */
const AMPLE_MS = 10_000;
/** For what is to run into its timeout. */
const TIMEOUT_MS = 300;
// undici's own limits begin at 10 s; a busy machine may be late by a second.
const LIMITS_OF_OTHERS_MS = 5_000;
const MAX_BODY_BYTES = 16 * 1024;

const AUTHORITY = makeAuthority();
/** As `https.createServer` takes them; without SECLEVEL=0 OpenSSL itself refuses to offer these. */
const OLD_TLS = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" };

let receiver: Receiver;
let lastWebhookId = 0;

beforeAll(async () => {
  receiver = await startReceiver();
});

afterEach(() => receiver.always(answer(200)));

afterAll(async () => {
  await closeAll();
  await receiver.close();
});

/** One POST of a webhook of its own, to the shared receiver unless told otherwise. */
async function send(changes: Partial<DeliveryRequest> = {}) {
  lastWebhookId += 1;
  const outcome = await sendRequest({
    webhookId: lastWebhookId,
    url: `${receiver.url}/hook`,
    body: '{"event":"test"}',
    timeoutMs: AMPLE_MS,
    allow: LOOPBACK,
    ...changes,
    headers: withBaseHeaders(changes.headers ?? {}),
  });
  return { ...outcome, said: outcome.fault && refusalText(outcome.fault) };
}

function sendTo(behaviour: Behaviour, changes: Partial<DeliveryRequest> = {}) {
  receiver.always(behaviour);
  return send(changes);
}

/** Runs `use` with a receiver of its own. */
async function withReceiver<T>(
  options: Parameters<typeof startReceiver>[0],
  use: (own: Receiver) => Promise<T>,
): Promise<T> {
  const own = await startReceiver(options);
  return use(own).finally(own.close);
}

test("one POST with the body byte for byte, our headers and the given ones", async () => {
  const before = receiver.requests.length;
  const body = '{"name":"Пётр \\u0000 🍕"}';
  const outcome = await sendTo(answer(201, { body: "created", headers: { "x-id": ["1", "2"] } }), {
    url: `${receiver.url}/hook?a=1&b=%20#part`,
    headers: { authorization: "Bearer t", "webhook-id": "d-1" },
    body,
  });
  expect(outcome).toEqual({
    success: true,
    status: 201,
    durationMs: expect.any(Number),
    responseHeaders: expect.objectContaining({ "x-id": "1, 2" }),
    responseBody: "created",
    errorCode: null,
    fault: null,
    said: null,
    retryAfter: null,
    redirectTo: null,
  });
  const received = receiver.requests.slice(before);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({ method: "POST", path: "/hook?a=1&b=%20", body });
  expect(received[0]?.headers).toMatchObject({
    "content-type": "application/json",
    accept: "application/json, */*",
    "user-agent": "iiko-webhooks",
    "accept-encoding": "identity",
    authorization: "Bearer t",
    "webhook-id": "d-1",
  });
});

test("undici's own headers are spelt as usual on the wire, request by request, and nothing else is touched", async () => {
  const body = "host: a\r\nconnection: b\r\ncontent-length: 1\r\n\r\n";
  const seen: string[] = [];
  const server = createTcpServer((socket) =>
    socket.on("data", (data) => {
      seen.push(data.toString());
      if (data.includes(body)) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const request = { webhookId: ++lastWebhookId, url: `http://127.0.0.1:${port}/x`, body, headers: {} };
  const sent: Record<string, string>[] = [{ "x-host": "host: c" }, { Authorization: "d" }];
  for (const headers of sent) {
    expect((await send({ ...request, headers })).success).toBe(true);
  }
  const [first = "", second = ""] = seen.join("").split(body);
  const head = `POST /x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: keep-alive\r\n`;
  const length = `\r\nContent-Length: ${body.length}\r\n\r\n`;
  for (const text of [first, second]) expect(text.startsWith(head) && text.endsWith(length)).toBe(true);
  expect(first).toContain("\r\nx-host: host: c\r\n");
  expect(second).toContain("\r\nAuthorization: d\r\n");
  await closeAll();
  server.close();
});

test.each([
  [204, true, null],
  [299, true, null],
  [304, false, "http_3xx"],
  [401, false, "http_401"],
  [410, false, "gone"],
  [500, false, "http_5xx"],
])("status %i", async (status, success, errorCode) => {
  expect(await sendTo(answer(status))).toMatchObject({ success, status, errorCode, responseBody: "" });
});

test("Retry-After is handed on, and a refusal's body is kept", async () => {
  const outcome = await sendTo(answer(503, { body: { error: "busy" }, headers: { "retry-after": "120" } }));
  expect(outcome).toMatchObject({ success: false, retryAfter: "120", responseBody: '{"error":"busy"}' });
  expect(outcome.said).toContain(`127.0.0.1:${receiver.port} answered 503 Service Unavailable`);
});

test("a redirect is not followed, whatever it points to", async () => {
  const before = receiver.requests.length;
  for (const [location, redirectTo] of [
    ["http://169.254.169.254/latest/meta-data", "http://169.254.169.254/latest/meta-data"],
    ["/elsewhere", `${receiver.url}/elsewhere`],
    ["http://[", "http://["],
  ] as const) {
    const outcome = await sendTo(redirect(location, 307));
    expect(outcome).toMatchObject({ success: false, status: 307, errorCode: "redirect", redirectTo });
    expect(outcome.said).toContain(redirectTo);
  }
  expect(receiver.requests.length).toBe(before + 3);
});

test.each<[string, Behaviour, RegExp]>([
  ["never answers", hang(), /took the request but did not answer within 300 ms/],
  ["drips its body", drip(), /began to answer but did not finish within 300 ms/],
  ["drips its headers", dripHeaders(), /did not answer within 300 ms/],
  ["sends nothing but 103s", earlyHintsForEver(), /did not answer within 300 ms/],
])("a receiver that %s ends at the timeout", async (_name, behaviour, message) => {
  const outcome = await sendTo(behaviour, { timeoutMs: TIMEOUT_MS });
  expect(outcome).toMatchObject({
    success: false,
    errorCode: "timeout",
    said: expect.stringMatching(message),
  });
  expect(outcome.durationMs).toBeGreaterThanOrEqual(TIMEOUT_MS - 5);
  expect(outcome.durationMs).toBeLessThan(LIMITS_OF_OTHERS_MS);
});

test("a TLS handshake or a DNS answer that never comes ends at the timeout too", async () => {
  const server = createTcpServer((socket) => socket.on("error", () => {}));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as { port: number };
  const never: LookupAll = () => {};
  const outcomes = await Promise.all([
    send({ url: `https://127.0.0.1:${port}/`, timeoutMs: TIMEOUT_MS }),
    send({ url: "https://slow.example/", timeoutMs: TIMEOUT_MS, lookupAll: never }),
  ]);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: null, errorCode: "timeout", responseBody: null });
    expect(outcome.said).toMatch(/No connection to .* within 300 ms/);
    expect(outcome.durationMs).toBeLessThan(LIMITS_OF_OTHERS_MS);
  }
  server.close();
});

test("a request that timed out before its connection came about is not sent any more", async () => {
  await withReceiver({}, async (own) => {
    let answerLate: () => void = () => {};
    const lookupAll: LookupAll = (_hostname, callback) => {
      answerLate = () => callback(null, [{ address: "127.0.0.1", family: 4 }]);
    };
    const outcome = await send({ url: `http://late.example:${own.port}/`, timeoutMs: 50, lookupAll });
    expect(outcome.errorCode).toBe("timeout");
    answerLate();
    await closeAll();
    expect(own.connectionCount()).toBe(1);
    expect(own.requests).toHaveLength(0);
  });
});

test("of 100 MB only the beginning is read, and the status decides", async () => {
  let settle: (bytes: number) => void = () => {};
  const sentBytes = new Promise<number>((resolve) => {
    settle = resolve;
  });
  const outcome = await sendTo(flood(100 * 1024 * 1024, { onClose: settle }));
  expect(outcome).toMatchObject({ success: true, status: 200, errorCode: null });
  expect(outcome.responseBody).toHaveLength(MAX_BODY_BYTES);
  expect(await sentBytes).toBeLessThan(20 * 1024 * 1024);
});

test("16 KiB fit exactly, and one more byte is cut between characters", async () => {
  await withReceiver({ behaviour: answer(500, { body: "x".repeat(MAX_BODY_BYTES) }) }, async (own) => {
    const fitting = await send({ webhookId: 9001, url: own.url });
    expect(fitting.responseBody).toHaveLength(MAX_BODY_BYTES);
    own.always(answer(200, { body: `x${"я".repeat(MAX_BODY_BYTES / 2)}` }));
    const cut = await send({ webhookId: 9001, url: own.url });
    expect(cut.responseBody).toBe(`x${"я".repeat(MAX_BODY_BYTES / 2 - 1)}`);
  });
});

test("a gzip bomb is not unpacked", async () => {
  for (const bytes of [20 * 1024 * 1024, 300 * 1024])
    expect(await sendTo(gzipBomb(bytes))).toMatchObject({
      success: true,
      status: 200,
      responseBody: "(compressed with gzip, not shown)",
    });
});

test("an answer compressed against our wish is shown as text", async () => {
  const text = `{"ошибка":"${"нет такого заказа ".repeat(100)}"}`;
  const packed: [string, Buffer, string][] = [
    ["gzip", gzipSync(text), text],
    ["GZIP", gzipSync(text), text],
    ["deflate", deflateSync(text), text],
    ["deflate", deflateRawSync(text), text],
    ["br", brotliCompressSync(text), text],
    ["identity", Buffer.from(text), text],
    ["gzip", gzipSync("x".repeat(20_000)), "x".repeat(MAX_BODY_BYTES)],
    ["gzip, identity", gzipSync(text), text],
    ["br, gzip", gzipSync(brotliCompressSync(text)), text],
    ["gzip", Buffer.from([0xff, 0xfe, 0x80]), "(compressed with gzip, not shown)"],
    ["zstd, gzip", gzipSync(text), "(compressed with zstd, gzip, not shown)"],
    // Said of a text that is not compressed, or by servers that mean the charset.
    ["gzip", Buffer.from(text), text],
    ["UTF-8", Buffer.from(text), text],
  ];
  for (const [encoding, body, shown] of packed)
    expect(await sendTo(answer(422, { body, headers: { "content-encoding": encoding } }))).toMatchObject({
      errorCode: "http_4xx",
      responseBody: shown,
    });
});

test("a compressed answer that breaks off, or is longer than what is read, is shown as far as it came", async () => {
  const noise = randomBytes(MAX_BODY_BYTES * 2).toString("base64");
  const long = await sendTo(answer(500, { body: gzipSync(noise), headers: { "content-encoding": "gzip" } }));
  expect(long.responseBody).toBe(noise.slice(0, MAX_BODY_BYTES));
  const half = gzipSync(noise.slice(0, 9000)).subarray(0, 4000).toString("latin1");
  const broken = await sendTo(
    rawBytes(`HTTP/1.1 500 Oops\r\nContent-Encoding: gzip\r\nContent-Length: 9000\r\n\r\n${half}`),
  );
  expect(broken.errorCode).toBe("connection_reset");
  expect(noise.startsWith(broken.responseBody ?? "-")).toBe(true);
  expect(broken.responseBody?.length).toBeGreaterThan(3000);
});

test("a thousand headers are a failure that says so", async () => {
  const outcome = await sendTo(manyHeaders(1000));
  expect(outcome).toMatchObject({ success: false, errorCode: "too_many_headers" });
  expect(outcome.said).toContain("more than 16 KiB of headers");
});

test("of many headers that are small enough, 64 and 8 KiB are kept", async () => {
  const many = await sendTo(manyHeaders(200));
  expect(many.success).toBe(true);
  expect(Object.keys(many.responseHeaders)).toHaveLength(64);
  const long = await sendTo(answer(200, { headers: { "x-first": "1", "x-long": "v".repeat(9000) } }));
  expect(long.responseHeaders).toEqual({ "x-first": "1" });
});

test("headers named like an object's own parts do no harm", async () => {
  const head = "HTTP/1.1 200 OK\r\n__proto__: x\r\nconstructor: y\r\ncontent-length: 2\r\n\r\nok";
  const outcome = await sendTo(rawBytes(head));
  expect(outcome).toMatchObject({ success: true, responseBody: "ok" });
  expect(outcome.responseHeaders.constructor).toBe("y");
});

test.each<[string, Behaviour, RegExp]>([
  ["resets without an answer", reset(), /closed the connection without an answer/],
  ["closes its half without an answer", rawBytes(""), /closed the connection without an answer/],
  ["resets in the middle of the body", resetMidBody(), /closed the connection in the middle of its answer/],
  [
    "sends less than it promised",
    rawBytes("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"),
    /in the middle/,
  ],
  [
    "breaks off its chunks",
    rawBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"),
    /in the middle/,
  ],
])("a receiver that %s", async (_name, behaviour, message) => {
  const outcome = await sendTo(behaviour);
  expect(outcome).toMatchObject({ success: false, errorCode: "connection_reset" });
  expect(outcome.said).toMatch(message);
});

test("what came before a reset is kept", async () => {
  const outcome = await sendTo(resetMidBody({ beginning: "half an ans" }));
  expect(outcome).toMatchObject({ status: 200, success: false, responseBody: "half an ans" });
});

test.each<[string, Behaviour]>([
  ["another protocol", rawBytes("SSH-2.0-OpenSSH_9.2\r\n")],
  ["HTTP/2 without being asked", rawBytes("\0\0\x12\x04\0\0\0\0\0", { keepOpen: true })],
  ["two different lengths", rawBytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")],
  ["a status that cannot be", rawBytes("HTTP/1.1 000 No\r\nContent-Length: 2\r\n\r\nno")],
  ["a broken chunk", rawBytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")],
])("a receiver that answers with %s", async (_name, behaviour) => {
  const outcome = await sendTo(behaviour);
  expect(outcome).toMatchObject({ success: false, errorCode: "invalid_response" });
  expect(outcome.said).toMatch(/did not answer in proper HTTP\/1\.1 \(.+\)/);
});

test("an unasked-for protocol switch is a failure", async () => {
  const bytes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
  expect(await sendTo(rawBytes(bytes, { keepOpen: true }))).toMatchObject({ success: false, status: null });
});

test("chunks with trailers, early hints and a body that ends with the connection are read", async () => {
  const trailers =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n";
  const hints =
    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  const untilClose = "HTTP/1.0 200 OK\r\n\r\nok";
  for (const bytes of [trailers, hints, untilClose])
    expect(await sendTo(rawBytes(bytes))).toMatchObject({ success: true, status: 200, responseBody: "ok" });
});

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
test.each([
  ["one", CONTINUE + OK],
  ["two, the second with headers", `${CONTINUE}HTTP/1.1 100 Continue\r\nVia: x\r\n\r\n${OK}`],
  ["one before another 1xx", `${CONTINUE}HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}`],
  ["one behind another 1xx", `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${CONTINUE}${OK}`],
  ["of HTTP/1.0", `HTTP/1.0 100 Continue\r\n\r\n${OK}`],
  ["lines end with LF alone", `HTTP/1.1 100 Continue\n\n${OK}`],
])("a «100 Continue» that nobody asked for is passed over: %s", async (_which, bytes) => {
  expect(await sendTo(rawBytes(bytes))).toMatchObject({ success: true, status: 200, responseBody: "ok" });
});

const FIELD = "Content-Length: 2\r\n\r\nok";
test.each([
  ["lines that end with LF alone", "HTTP/1.1 200 OK\nContent-Type: a/b\nContent-Length: 2\n\nok"],
  ["LF alone after the last header", "HTTP/1.1 200 OK\r\nContent-Length: 2\n\nok"],
  ["CR twice", "HTTP/1.1 200 OK\r\r\nContent-Length: 2\r\r\n\r\r\nok"],
  ["a folded header", `HTTP/1.1 200 OK\r\nX-Long: a\r\n\t b\r\n${FIELD}`],
  ["a space before the colon", `HTTP/1.1 200 OK\r\nX-A : b\r\n${FIELD}`],
  ["a line that is no header", `HTTP/1.1 200 OK\r\nnonsense\r\nОшибка: 1\r\n${FIELD}`],
  ["a control character in a value", `HTTP/1.1 200 OK\r\nX-A: a\x01b\r\n${FIELD}`],
  ["a status line of HTTP/2", `HTTP/2 200 OK\r\n${FIELD}`],
  ["two spaces before the status", `HTTP/1.1  200 OK\r\n${FIELD}`],
  ["an empty line before it", `\r\nHTTP/1.1 200 OK\r\n${FIELD}`],
  ["the same length twice", `HTTP/1.1 200 OK\r\nContent-Length: 2\r\n${FIELD}`],
  ["a list of the same length", "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok"],
  [
    "chunks and a length",
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
  ],
  ["a length and no coding", `HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n${FIELD}`],
])("an answer with %s is taken as browsers take it", async (_what, bytes) => {
  const utf8 = Buffer.from(bytes).toString("latin1");
  expect(await sendTo(rawBytes(utf8))).toMatchObject({ success: true, status: 200, responseBody: "ok" });
});

test("a head that comes byte by byte is read, on a connection that is used again", async () => {
  const server = createTcpServer((socket) =>
    socket.setNoDelay(true).on("data", async () => {
      for (const character of `${CONTINUE}HTTP/1.1 200 OK\nX-A: b\n${FIELD}`) {
        await new Promise((written) => socket.write(character, written));
        await new Promise(setImmediate);
      }
    }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const request = { webhookId: ++lastWebhookId, url: `http://127.0.0.1:${port}/x` };
  for (let count = 0; count < 2; count += 1)
    expect(await send(request)).toMatchObject({
      success: true,
      responseBody: "ok",
      responseHeaders: { "x-a": "b" },
    });
  await closeAll();
  server.close();
});

test("an answer whose text begins like a «100 Continue» is kept as it came", async () => {
  const behaviour = answer(200, { body: "HTTP/1.1 100 Continue" });
  expect(await sendTo(behaviour)).toMatchObject({ success: true, responseBody: "HTTP/1.1 100 Continue" });
});

test("an answer that has no body by its status is whole with its head, whatever it announces or sends", async () => {
  const announced = "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n";
  for (const bytes of [announced, `${announced}hello`, "HTTP/1.1 204 No Content\r\n\r\nhello"])
    expect(await sendTo(rawBytes(bytes))).toMatchObject({ success: true, status: 204, responseBody: "" });
  const notModified = "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n";
  expect(await sendTo(rawBytes(notModified))).toMatchObject({ success: false, status: 304 });
});

test("what Postgres cannot store is replaced, and the named charset is read", async () => {
  const latin = { headers: { "content-type": "text/plain; charset=windows-1251" } };
  const cases: [Behaviour, string][] = [
    [answer(200, { body: "a\0b" }), "a\uFFFDb"],
    [answer(200, { body: Buffer.from([0x61, 0xff, 0x62]) }), "a\uFFFDb"],
    [answer(200, { body: Buffer.from([0xcf, 0xf0, 0xe8]), ...latin }), "При"],
    [answer(200, { body: "ok", headers: { "content-type": "text/plain; charset=no-such" } }), "ok"],
  ];
  for (const [behaviour, body] of cases)
    expect(await sendTo(behaviour)).toMatchObject({ responseBody: body });
});

test("an answer is read in the charset that it says, or shows by its bytes", async () => {
  const cp1251 = Buffer.from([0xce, 0xf8, 0xe8, 0xe1, 0xea, 0xe0]);
  const html = (charset: string) => ({ "content-type": `text/html; charset=${charset}` });
  const cases: [Buffer, Record<string, string>, string][] = [
    [cp1251, html("windows-1251"), "Ошибка"],
    [cp1251, html("'win-1251'"), "Ошибка"],
    [cp1251, html("utf-8"), "Ошибка"],
    [cp1251, {}, "Ошибка"],
    [Buffer.from([0xef, 0xdb, 0xc9, 0xc2, 0xcb, 0xc1]), html("koi8-r"), "Ошибка"],
    [Buffer.from("\ufeffОшибка", "utf16le"), {}, "Ошибка"],
    [Buffer.from("\ufeffОшибка", "utf16le").swap16(), {}, "Ошибка"],
    [Buffer.from("\ufeffОшибка"), {}, "Ошибка"],
    [
      Buffer.concat([Buffer.from('<meta charset="koi8-r">'), Buffer.from([0xef, 0xdb])]),
      {},
      '<meta charset="koi8-r">Ош',
    ],
    [
      Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?>'), cp1251.subarray(0, 2)]),
      {},
      '<?xml version="1.0" encoding="windows-1251"?>Ош',
    ],
    [Buffer.from([0x89, 0x50, 0xff, 0xff, 0xff, 0x0a, 0x1a]), {}, "\ufffdP\ufffd\ufffd\ufffd\n\u001a"],
  ];
  for (const [body, headers, shown] of cases)
    expect((await sendTo(answer(500, { body, headers }))).responseBody).toBe(shown);
});

test("headers that are written in UTF-8 are read so", async () => {
  const bytes = "HTTP/1.1 302 Found\r\nX-Error: Ошибка\r\nLocation: /вход\r\nContent-Length: 0\r\n\r\n";
  const outcome = await sendTo(rawBytes(Buffer.from(bytes).toString("latin1")));
  expect(outcome.responseHeaders["x-error"]).toBe("Ошибка");
  expect(outcome.redirectTo).toMatch(new RegExp(`/${encodeURIComponent("вход")}$`));
});

test("a closed port, an unknown name and a guarded address are told apart", async () => {
  const closedPort = await withReceiver({}, async (own) => own.port);
  const answersWith = (address: string): LookupAll => {
    return (_hostname, callback) => callback(null, [{ address, family: 4 }]);
  };
  const unknown: LookupAll = (_hostname, callback) =>
    callback(Object.assign(new Error("getaddrinfo ENOTFOUND"), { code: "ENOTFOUND" }), []);

  expect(await send({ url: `http://127.0.0.1:${closedPort}/` })).toMatchObject({
    errorCode: "connection_refused",
    said: expect.stringContaining(`127.0.0.1:${closedPort}`),
  });
  expect(await send({ url: "http://no.example/", lookupAll: unknown })).toMatchObject({ errorCode: "dns" });
  for (const url of [`${receiver.url}/`, "http://localhost/", "http://[::1]/"])
    expect(await send({ url, allow: parseOutboundAllow("") })).toMatchObject({
      status: null,
      errorCode: "blocked_address",
      said: expect.stringContaining("OUTBOUND_ALLOW"),
    });
  expect(
    await send({ url: "http://evil.example/", lookupAll: answersWith("169.254.169.254") }),
  ).toMatchObject({
    errorCode: "blocked_address",
    said: expect.stringContaining("evil.example resolves to 169.254.169.254"),
  });
});

test("a name that is rebound between two requests is refused as soon as a new connection is made", async () => {
  await withReceiver({ behaviour: answer(200, { headers: { connection: "close" } }) }, async (own) => {
    const answers = ["127.0.0.1", "10.0.0.5"];
    const lookupAll: LookupAll = (_hostname, callback) =>
      callback(null, [{ address: answers.shift() ?? "10.0.0.5", family: 4 }]);
    const request = { webhookId: 9002, url: `http://rebinding.example:${own.port}/`, lookupAll };
    expect(await send(request)).toMatchObject({ success: true });
    expect(await send(request)).toMatchObject({ errorCode: "blocked_address" });
    expect(own.requests).toHaveLength(1);
  });
});

test.each<[string, Partial<DeliveryRequest>]>([
  ["a URL that is none", { url: "no url" }],
  ["another scheme", { url: "ftp://crm.example/" }],
  ["a line break in a header", { headers: { authorization: "Bearer a\r\nX-Evil: 1" } }],
  ["a NUL in a header", { headers: { "x-key": "a\0" } }],
  ["Cyrillic in a header", { headers: { "x-key": "ключ" } }],
  ["a header name with a colon", { headers: { "x-a: 1\r\nx-b": "1" } }],
])("%s is refused before anything is sent", async (_name, changes) => {
  const before = receiver.requests.length;
  const outcome = await send({ webhookId: 9003, ...changes });
  expect(outcome).toMatchObject({ success: false, status: null, errorCode: "invalid_request" });
  expect(outcome.said).not.toMatch(/Bearer|ключ/);
  expect(receiver.requests.length).toBe(before);
  expect(await send({ webhookId: 9003 })).toMatchObject({ success: true });
});

test("certificates: trusted, self-signed, expired, of another name, of an unknown authority", async () => {
  const authority = makeAuthority();
  const yesterday = new Date(Date.now() - 86_400_000);
  const signed = (changes: Partial<Parameters<typeof makeCertificate>[0]> = {}) =>
    makeCertificate({ names: ["127.0.0.1"], issuer: authority, ...changes });
  const cases: [Certificate, string | undefined, string | null][] = [
    [signed(), authority.cert, null],
    [makeCertificate({ names: ["127.0.0.1"] }), undefined, "tls_self_signed"],
    [signed({ notBefore: new Date(0), notAfter: yesterday }), authority.cert, "tls_expired"],
    [signed({ names: ["crm.example"] }), authority.cert, "tls_hostname"],
    [signed(), undefined, "tls_untrusted"],
  ];
  for (const [certificate, ca, errorCode] of cases) {
    await withReceiver({ certificate }, async (own) => {
      const outcome = await send({
        url: `${own.url}/`,
        tls: ca === undefined ? undefined : { ca },
      });
      expect(outcome).toMatchObject({ success: errorCode === null, errorCode });
      expect(own.requests).toHaveLength(errorCode === null ? 1 : 0);
    });
  }
});

test("https to a plain port, and http to a TLS port", async () => {
  expect(await send({ url: receiver.url.replace("http:", "https:") })).toMatchObject({ errorCode: "tls" });
  await withReceiver({ certificate: makeCertificate({ names: ["127.0.0.1"] }) }, async (own) => {
    const outcome = await send({ url: own.url.replace("https:", "http:") });
    expect(outcome).toMatchObject({ success: false, status: null });
  });
});

test("a connection is kept and used again, and a receiver that closes it costs no failed attempt", async () => {
  await withReceiver({}, async (own) => {
    const request = { webhookId: 9004, url: own.url };
    for (let round = 0; round < 10; round += 1) await send(request);
    // Two: undici lets a connection rest for a turn of the event loop, and the next request does not wait.
    expect(own.connectionCount()).toBeLessThanOrEqual(2);

    own.script(
      answer(200, { headers: { connection: "close" } }),
      rawBytes("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"),
    );
    for (let round = 0; round < 6; round += 1) expect(await send(request)).toMatchObject({ success: true });
    expect(own.requests).toHaveLength(16);
    expect(own.connectionCount()).toBeLessThanOrEqual(4);
  });
});

test("a receiver that resets every request on a new connection sees exactly one per attempt", async () => {
  await withReceiver({ behaviour: reset() }, async (own) => {
    const request = { webhookId: 9005, url: own.url };
    for (let round = 0; round < 3; round += 1)
      expect(await send(request)).toMatchObject({ errorCode: "connection_reset" });
    expect(own.requests).toHaveLength(3);
  });
});

test.each<[string, Certificate | undefined]>([
  ["HTTP", undefined],
  ["TLS", makeCertificate({ names: ["127.0.0.1"], issuer: AUTHORITY })],
])(
  "over %s, a request to a used connection that is closed before a byte comes goes again at once, and once",
  async (_name, certificate) => {
    await withReceiver({ certificate }, async (own) => {
      const request = { webhookId: 9011, url: own.url, tls: { ca: AUTHORITY.cert } };
      const sendOnUsed = async (...behaviours: Behaviour[]) => {
        await closeAll();
        await send(request);
        // undici lets a connection rest for a turn of the event loop.
        await immediate();
        await immediate();
        const before = own.requests.length;
        own.script(...behaviours);
        return { outcome: await send(request), seen: own.requests.length - before };
      };
      for (const closes of [certificate ? drop() : reset(), rawBytes("")]) {
        expect(await sendOnUsed(closes, answer(201))).toMatchObject({ outcome: { status: 201 }, seen: 2 });
        // The second one was new: there the receiver closes on purpose.
        expect(await sendOnUsed(closes, closes)).toMatchObject({
          outcome: { errorCode: "connection_reset" },
          seen: 2,
        });
      }
      // The receiver had begun: sent again, the order could arrive twice.
      expect(await sendOnUsed(beginAnswer())).toMatchObject({
        outcome: { errorCode: "connection_reset" },
        seen: 1,
      });
    });
  },
);

test("an address that does not answer leaves time for the next, and failing tells of all of them", async () => {
  const addressesOf = (...list: string[]): LookupAll => {
    return (_hostname, callback) =>
      callback(
        null,
        list.map((address) => ({ address, family: 4 })),
      );
  };
  const allow = parseOutboundAllow("127.0.0.1,192.0.2.0/24");
  const url = `http://several.example:${receiver.port}/`;
  const dead = ["192.0.2.1", "192.0.2.2"];
  expect(
    await send({ url, allow, timeoutMs: 900, lookupAll: addressesOf(...dead, "127.0.0.1") }),
  ).toMatchObject({ success: true });
  const failed = await send({ url, allow, timeoutMs: 600, lookupAll: addressesOf(...dead) });
  expect(failed.said).toContain(`several.example:${receiver.port} (192.0.2.1, 192.0.2.2)`);
});

// Only Linux leaves a request to connect unanswered when the backlog is full.
const onLinux = test.skipIf(process.platform !== "linux");

onLinux("an address that takes its time to answer is not given up for the next", async () => {
  const slow = await startSlowReceiver();
  const next = await startReceiver({ port: slow.port });
  const lookupAll: LookupAll = (_hostname, callback) =>
    callback(null, [
      { address: "127.0.0.2", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ]);
  const allow = parseOutboundAllow("127.0.0.0/8");
  const outcome = await send({ url: `http://slow.example:${slow.port}/`, allow, lookupAll });
  expect(outcome).toMatchObject({ success: true, responseBody: "from the first address" });
  expect(next.requests).toHaveLength(0);
  await Promise.all([slow.close(), next.close()]);
});

// It takes no connections for the first 600 ms, and its backlog is full: the system leaves a request to connect
// without an answer, and asks again after a second.
async function startSlowReceiver() {
  const code = `
    const { parentPort } = require("node:worker_threads");
    const answer = (request, response) => request.resume().on("end", () => response.end("from the first address"));
    const server = require("node:http").createServer(answer);
    server.listen({ port: 0, host: "127.0.0.2", backlog: 1 }, () => {
      parentPort.postMessage(server.address().port);
      parentPort.once("message", () =>
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600));
    });`;
  const worker = new Worker(code, { eval: true });
  const [port] = (await once(worker, "message")) as [number];
  worker.postMessage("take a rest");
  const fillers = Array.from({ length: 4 }, () => connectTcp(port, "127.0.0.2").on("error", () => {}));
  await Promise.all(fillers.slice(0, 2).map((filler) => once(filler, "connect")));
  const close = async () => {
    for (const filler of fillers) filler.destroy();
    await worker.terminate();
  };
  return { port, close };
}

test("a receiver whose TLS is too old is told apart, as is one with an authority of its own", async () => {
  const old = { ...makeCertificate({ names: ["127.0.0.1"], issuer: AUTHORITY }), ...OLD_TLS };
  await withReceiver({ certificate: old }, async (own) => {
    const outcome = await send({ url: own.url, tls: { ca: AUTHORITY.cert } });
    expect(outcome).toMatchObject({
      errorCode: "tls_version",
      said: expect.stringContaining("TLS 1.2"),
    });
  });
  await withReceiver(
    { certificate: makeCertificate({ names: ["127.0.0.1"], issuer: AUTHORITY }) },
    async (own) => {
      const outcome = await send({ url: own.url });
      expect(outcome).toMatchObject({
        errorCode: "tls_untrusted",
        said: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
      });
    },
  );
});

test("one webhook that hangs does not delay another at the same receiver", async () => {
  let ended = 0;
  const { hanging } = await withReceiver({ behaviour: hang() }, async (own) => {
    const hanging = Array.from({ length: 50 }, () => send({ webhookId: 9006, url: own.url }));
    for (const one of hanging) one.then(() => (ended += 1));
    await own.waitFor(50);
    own.always(answer(200));
    expect(await send({ webhookId: 9007, url: own.url })).toMatchObject({ success: true });
    expect(ended).toBe(0);
    return { hanging };
  });
  for (const outcome of await Promise.all(hanging)) expect(outcome).toMatchObject({ success: false });
});

test("changing the URL moves to the new receiver while the old request ends in peace", async () => {
  const held = hold();
  await withReceiver({ behaviour: held.behaviour }, async (old) => {
    const slow = send({ webhookId: 9008, url: old.url });
    await old.waitFor(1);
    expect(await sendTo(answer(200, { body: "new" }), { webhookId: 9008 })).toMatchObject({
      responseBody: "new",
    });
    held.answer("old");
    expect(await slow).toMatchObject({ success: true, responseBody: "old" });
  });
});

test("closeAll waits for what is under way, and sending works again afterwards", async () => {
  const held = hold();
  const ends: string[] = [];
  const before = receiver.requests.length;
  const slow = sendTo(held.behaviour, { webhookId: 9009 }).finally(() => ends.push("the request"));
  await receiver.waitFor(before + 1);
  const closing = closeAll().then(() => ends.push("closeAll"));
  await immediate();
  held.answer("done");
  expect(await slow).toMatchObject({ success: true, responseBody: "done" });
  await closing;
  expect(ends).toEqual(["the request", "closeAll"]);
  expect(await sendTo(answer(200), { webhookId: 9009 })).toMatchObject({ success: true });
});

test("connections of webhooks that were quiet longest give way to those of many others", async () => {
  await withReceiver({}, async (own) => {
    const request = { webhookId: 9010, url: own.url };
    await send(request);
    const others = await Promise.all(Array.from({ length: 256 }, () => send()));
    expect(others.every(({ success }) => success)).toBe(true);
    expect(await send(request)).toMatchObject({ success: true });
    expect(own.connectionCount()).toBe(2);
  });
});

/** Answers when the test says so. */
function hold(): { behaviour: Behaviour; answer: (body: string) => void } {
  let held: ServerResponse | undefined;
  return {
    behaviour: (response) => {
      held = response;
    },
    answer: (body) => void held?.end(body),
  };
}

function dripHeaders(): Behaviour {
  return (response) => {
    response.socket?.write("HTTP/1.1 200 OK\r\n");
    const timer = setInterval(() => response.socket?.write("x-more: 1\r\n"), 20);
    response.once("close", () => clearInterval(timer));
  };
}

/** Closes the connection without an answer; Node cannot reset one of TLS. */
function drop(): Behaviour {
  return (response) => {
    response.socket?.destroy();
  };
}

/** Sends the first bytes of an answer and closes the connection. */
function beginAnswer(): Behaviour {
  return (response) => {
    const { socket } = response;
    socket?.write("HTTP/1.1 20", () => setTimeout(() => socket.destroy(), 20));
  };
}

function earlyHintsForEver(): Behaviour {
  return (response) => {
    const timer = setInterval(() => response.socket?.write("HTTP/1.1 103 Early Hints\r\n\r\n"), 20);
    response.once("close", () => clearInterval(timer));
  };
}
