import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import {
  acquireConnections,
  type Connections,
  dropConnections,
  type Route,
  releaseConnections,
} from "@/lib/deliveries/connections";
import {
  type DeliveryErrorCode,
  ExchangeTimeoutError,
  explainError,
  explainStatus,
  type Phase,
} from "@/lib/deliveries/explain-error";
import {
  headerValue,
  MAX_BODY_BYTES,
  readBody,
  readHeaders,
  readRedirect,
} from "@/lib/deliveries/read-response";
import { storableText } from "@/lib/text";

/** Sent with every request where `headers` names no other value. Compression is declined, never undone. */
export const BASE_HEADERS: Readonly<Record<string, string>> = {
  "content-type": "application/json",
  "user-agent": "iiko-webhooks",
  accept: "*/*",
  "accept-encoding": "identity",
};

export type DeliveryRequest = Route & {
  headers: Record<string, string>;
  body: string;
};

/** How one POST ended. Every text in it can be stored in Postgres. */
export type Outcome = {
  success: boolean;
  /** Null when no response began. */
  status: number | null;
  durationMs: number;
  responseHeaders: Record<string, string>;
  /** At most 16 KiB, decoded; null when no response began. */
  responseBody: string | null;
  errorCode: DeliveryErrorCode | null;
  errorMessage: string | null;
  retryAfter: string | null;
  redirectTo: string | null;
};

/**
 * Makes one POST and says how it ended; it never throws, whatever the receiver does. `timeoutMs` bounds the
 * whole exchange, DNS to the last byte of the body. Redirects are not followed.
 */
export async function sendRequest(request: DeliveryRequest): Promise<Outcome> {
  const startedAt = performance.now();
  let connections: Connections;
  try {
    connections = acquireConnections(request);
  } catch (error) {
    return toOutcome({
      request,
      host: "the webhook's URL",
      exchange: { ...newExchange(), error },
      startedAt,
    });
  }
  const exchange = await runExchange({ request, connections });
  releaseConnections(connections);
  const outcome = toOutcome({ request, host: connections.host, exchange, startedAt });
  // undici takes a client that refused a request for busy for ever; a new pool is the way out.
  if (outcome.errorCode === "invalid_request") dropConnections(request.webhookId);
  return outcome;
}

type Exchange = {
  phase: Phase;
  status: number | null;
  headers: IncomingHttpHeaders;
  chunks: Buffer[];
  receivedBytes: number;
  error: unknown;
};

/** Ends the socket of an exchange that is over for us; nobody sees it. */
const ENOUGH = new Error("The exchange has ended.");

function newExchange(): Exchange {
  return { phase: "connecting", status: null, headers: {}, chunks: [], receivedBytes: 0, error: null };
}

/** Undici's own handler interface: a third of the cost of `pool.request`, and the body's cap is exact. */
function runExchange({
  request,
  connections,
}: {
  request: DeliveryRequest;
  connections: Connections;
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
    }, request.timeoutMs);

    const options = {
      path: connections.path,
      method: "POST",
      headers: { ...BASE_HEADERS, ...request.headers },
      body: request.body,
    } as const;
    connections.pool.dispatch(options, {
      onRequestStart(started) {
        controller = started;
        // Timed out while it waited for a connection: it must not be sent any more.
        if (isOver) started.abort(ENOUGH);
        else exchange.phase = "waiting";
      },
      onResponseStart(_controller, status, headers) {
        if (status < 200) return;
        exchange.phase = "reading";
        exchange.status = status;
        exchange.headers = headers;
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
    });
  });
}

function toOutcome({
  request,
  host,
  exchange,
  startedAt,
}: {
  request: DeliveryRequest;
  host: string;
  exchange: Exchange;
  startedAt: number;
}): Outcome {
  const { status, headers, phase, error } = exchange;
  const redirectTo = readRedirect({ status, headers, url: request.url });
  const problem =
    error === null && status !== null
      ? explainStatus({ status, host, redirectTo })
      : explainError({ error, host, phase, timeoutMs: request.timeoutMs });
  return {
    success: problem === null,
    status,
    durationMs: Math.round(performance.now() - startedAt),
    responseHeaders: readHeaders(headers),
    responseBody: status === null ? null : readBody(exchange),
    errorCode: problem?.code ?? null,
    errorMessage: problem && storableText(problem.message),
    retryAfter: headerValue(headers, "retry-after")?.slice(0, 100) ?? null,
    redirectTo,
  };
}
