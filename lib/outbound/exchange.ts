import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher, Pool } from "undici";
import { ExchangeTimeoutError, type Phase } from "@/lib/outbound/explain-error";
import { MAX_BODY_BYTES } from "@/lib/outbound/read-response";

/** What was received, and the error that broke it off; `error` is null for a response that counts as whole. */
export type Exchange = {
  phase: Phase;
  status: number | null;
  headers: IncomingHttpHeaders;
  chunks: Buffer[];
  receivedBytes: number;
  error: unknown;
};

/** Ends the socket of an exchange that is over for us; nobody sees it. */
const ENOUGH = new Error("The exchange has ended.");

/**
 * One POST on the pool, ended after `timeoutMs` at the latest; it never rejects. A body longer than what is kept
 * is broken off and counts as whole. Below `pool.request`, since that would build a stream for every response.
 */
export function runExchange({
  pool,
  path,
  headers,
  body,
  timeoutMs,
}: {
  pool: Pool;
  path: string;
  /** Names and values in turn. */
  headers: string[];
  body: string;
  timeoutMs: number;
}): Promise<Exchange> {
  return new Promise((resolve) => {
    const exchange = newExchange();
    let controller: Dispatcher.DispatchController | null = null;
    let isOver = false;

    const end = (error: unknown) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      exchange.error = error;
      resolve(exchange);
    };
    const timer = setTimeout(() => {
      end(new ExchangeTimeoutError());
      controller?.abort(ENOUGH);
    }, timeoutMs);

    pool.dispatch(
      { path, method: "POST", headers, body },
      {
        onRequestStart(started) {
          controller = started;
          // Timed out while it waited for a connection: it must not be sent any more.
          if (isOver) started.abort(ENOUGH);
          else exchange.phase = "waiting";
        },
        onResponseStart(_controller, status, responseHeaders) {
          if (status < 200) return;
          exchange.phase = "reading";
          exchange.status = status;
          exchange.headers = responseHeaders;
        },
        onResponseData(started, chunk) {
          exchange.chunks.push(chunk);
          exchange.receivedBytes += chunk.length;
          if (exchange.receivedBytes <= MAX_BODY_BYTES) return;
          end(null);
          started.abort(ENOUGH);
        },
        onResponseEnd: () => end(null),
        onResponseError: (_controller, error) => end(error),
      },
    );
  });
}

export function newExchange(): Exchange {
  return { phase: "connecting", status: null, headers: {}, chunks: [], receivedBytes: 0, error: null };
}
