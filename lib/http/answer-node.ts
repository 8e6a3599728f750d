import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpRequest, RouteHandler } from "./route";
import { SECURITY_HEADERS } from "./security-headers";

/** Answers a request of Node's server with what a route handler returns, and the headers that Next would add. */
export async function answerNode(input: {
  request: IncomingMessage;
  response: ServerResponse;
  handler: RouteHandler;
  params: Record<string, string | string[]>;
}): Promise<void> {
  const { request, response, handler, params } = input;
  await writeAnswer({
    response,
    answer: await handler(asHttpRequest(request), { params: Promise.resolve(params) }),
  });
}

/** Writes an answer, with the headers that Next would add. */
export async function writeAnswer({
  response,
  answer,
}: {
  response: ServerResponse;
  answer: Response;
}): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  for (const { key, value } of SECURITY_HEADERS) response.setHeader(key, value);
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader("content-length", body.byteLength);
  response.writeHead(answer.status);
  response.end(body);
}

/** Node's request as route handlers read one. */
export function asHttpRequest(request: IncomingMessage): HttpRequest {
  const headers = { ...request.headers };
  headers["x-forwarded-for"] ??= request.socket.remoteAddress;
  return {
    method: request.method ?? "GET",
    // Only its path and query are looked at.
    url: `http://localhost${request.url}`,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    // Who stops reading early has an answer to give first: the connection must outlive it.
    body: request.iterator({ destroyOnReturn: false }),
  };
}
