import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { answerNode } from "./answer-node";
import { readJson } from "./read-json";
import type { RouteHandler } from "./route";
import { SECURITY_HEADERS } from "./security-headers";

let server: http.Server;

afterEach(() => server.close());

async function serve(handler: RouteHandler): Promise<string> {
  server = http.createServer(
    (request, response) => void answerNode({ request, response, handler, params: { key: "k" } }),
  );
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a handler sees the request as Next shows it, and its answer goes out with the headers of every answer", async () => {
  const url = await serve(async (request, { params }) => {
    const { pathname, search } = new URL(request.url);
    const seen = {
      method: request.method,
      address: pathname + search,
      params: await params,
      type: request.headers.get("Content-Type"),
      from: request.headers.get("x-forwarded-for"),
      none: request.headers.get("authorization"),
      body: await readJson(request),
    };
    return Response.json(seen, { status: 201, headers: { "x-request-id": "1" } });
  });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/a/b?c=d`, { method: "POST", headers, body: '"Заказ"' });
  expect(await answer.json()).toEqual({
    method: "POST",
    address: "/a/b?c=d",
    params: { key: "k" },
    type: "application/json",
    from: "127.0.0.1",
    none: null,
    body: "Заказ",
  });
  expect(answer.status).toBe(201);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(answer.headers.get("x-request-id")).toBe("1");
  for (const { key, value } of SECURITY_HEADERS) expect(answer.headers.get(key)).toBe(value);
});

test("the nearest proxy's word for the sender's address is kept", async () => {
  const url = await serve(async (request) => new Response(request.headers.get("x-forwarded-for")));
  const answer = await fetch(url, { headers: { "x-forwarded-for": "10.0.0.1, 10.0.0.2" } });
  expect(await answer.text()).toBe("10.0.0.1, 10.0.0.2");
});

test("a handler that stops reading is heard by a sender that goes on", async () => {
  const url = await serve(async (request) => {
    for await (const _chunk of request.body ?? []) break;
    return new Response("enough", { status: 413 });
  });
  const request = http.request(url, { method: "POST" });
  request.end(Buffer.alloc(4 * 1024 * 1024));
  const [response] = (await once(request, "response")) as [http.IncomingMessage];
  expect([response.statusCode, await text(response)]).toEqual([413, "enough"]);
});
