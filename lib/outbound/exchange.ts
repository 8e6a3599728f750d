import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
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

/** A request on its way; the pool's client tells which socket it has. */
export type RequestOptions = Dispatcher.DispatchOptions & { socket?: () => Socket | null };

// Their head is the whole answer, also where a receiver announces or sends a body.
const BODILESS = new Set([204, 304]);

const RESET_CODES = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/** Sockets that have carried a request. */
const used = new WeakSet<Socket>();

/** Ends the socket of an exchange that is over for us; nobody sees it. */
const ENOUGH = new Error("The exchange has ended.");

/**
 * One POST on the pool, ended after `timeoutMs` at the latest; it never rejects. A body longer than what is kept
 * is broken off and counts as whole. Written to a reused connection that was closed before a byte of an answer, it
 * goes again at once on another. Below `pool.request`, since that would build a stream for every response.
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
    let reused: Socket | null = null;
    let bytesBefore = 0;

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

    const options: RequestOptions = { path, method: "POST", headers, body };
    const dispatch = () =>
      pool.dispatch(options, {
        onRequestStart(started) {
          controller = started;
          const socket = options.socket?.() ?? null;
          reused = socket && used.has(socket) ? socket : null;
          bytesBefore = reused?.bytesRead ?? 0;
          if (socket) used.add(socket);
          // Timed out while it waited for a connection: it must not be sent any more.
          if (isOver) started.abort(ENOUGH);
          else exchange.phase = "waiting";
        },
        onResponseStart(_controller, status, responseHeaders) {
          if (status < 200) return;
          exchange.phase = "reading";
          exchange.status = status;
          exchange.headers = responseHeaders;
          if (BODILESS.has(status)) end(null);
        },
        onResponseData(started, chunk) {
          exchange.chunks.push(chunk);
          exchange.receivedBytes += chunk.length;
          if (exchange.receivedBytes <= MAX_BODY_BYTES) return;
          end(null);
          started.abort(ENOUGH);
        },
        onResponseEnd: () => end(null),
        onResponseError(_controller, error) {
          const isStale = reused?.bytesRead === bytesBefore && RESET_CODES.has(codeOf(error));
          if (!isStale || isOver) return end(error);
          exchange.phase = "connecting";
          dispatch();
        },
      });
    dispatch();
  });
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

export function newExchange(): Exchange {
  return { phase: "connecting", status: null, headers: {}, chunks: [], receivedBytes: 0, error: null };
}
