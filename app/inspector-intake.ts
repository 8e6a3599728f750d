import type { IncomingMessage, ServerResponse } from "node:http";
import { asHttpRequest, writeAnswer } from "@/lib/http/answer-node";
import { receiveAtInspector } from "@/lib/inspector/receive";
import type { HeaderPair } from "@/lib/inspector/store-request";

/**
 * Answers a request to the inspector on Node's own server: only there are its headers known as they were spelt, and
 * only there can its connection be dropped.
 */
export async function answerInspector(asked: {
  request: IncomingMessage;
  response: ServerResponse;
  token: string;
}): Promise<void> {
  const { request, response, token } = asked;
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const answer = await receiveAtInspector({
    token,
    method: request.method ?? "GET",
    target: request.url ?? "",
    headers: spelt(request.rawHeaders),
    isSpeltAsSent: true,
    request: asHttpRequest(request),
    gone: gone.signal,
  });
  if (answer === null) request.socket.destroy();
  else await writeAnswer({ response, answer });
}

function spelt(rawHeaders: string[]): HeaderPair[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] satisfies HeaderPair] : [],
  );
}
