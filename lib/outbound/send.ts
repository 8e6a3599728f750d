import {
  acquireConnections,
  type Connections,
  dropConnections,
  type Route,
  releaseConnections,
} from "@/lib/outbound/connections";
import { type Exchange, newExchange, runExchange } from "@/lib/outbound/exchange";
import { type DeliveryErrorCode, explainError, explainStatus } from "@/lib/outbound/explain-error";
import { headerValue, readBody, readHeaders, readRedirect } from "@/lib/outbound/read-response";
import { mapRefusal } from "@/lib/refusals/map-refusal";
import type { Refusal } from "@/lib/refusals/refuse";
import { storableText } from "@/lib/text";

/**
 * Sent with every request. Spelt as is usual: 1C and PHP services look headers up by their spelling. Without
 * `Accept` Laravel answers a refusal with a redirect. Compression is declined.
 */
const BASE_HEADERS: Readonly<Record<string, string>> = {
  "Content-Type": "application/json",
  Accept: "application/json, */*",
  "User-Agent": "iiko-webhooks",
  "Accept-Encoding": "identity",
};

const USUAL_SPELLING = new Map(
  [...Object.keys(BASE_HEADERS), "Authorization"].map((name) => [name.toLowerCase(), name]),
);

/** The headers with those that every request has, where they name no other value, in whatever case. */
export function withBaseHeaders(headers: Record<string, string>): Record<string, string> {
  const all: Record<string, string> = { ...BASE_HEADERS };
  for (const [name, value] of Object.entries(headers)) {
    all[USUAL_SPELLING.get(name.toLowerCase()) ?? name] = value;
  }
  return all;
}

export type DeliveryRequest = Route & {
  /** All of them but Host, Connection and Content-Length; see `withBaseHeaders`. */
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
  /** Null when it succeeded. */
  fault: Refusal | null;
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
      addresses: [],
      exchange: { ...newExchange(), error },
      startedAt,
    });
  }
  const { pool, path } = connections;
  const { body, timeoutMs } = request;
  const headers = headerPairs(request.headers);
  const exchange = await runExchange({ pool, path, headers, body, timeoutMs });
  releaseConnections(connections);
  const outcome = toOutcome({
    request,
    host: connections.host,
    addresses: connections.addresses,
    exchange,
    startedAt,
  });
  // undici takes a client that refused a request for busy for ever; a new pool is the way out.
  if (outcome.errorCode === "invalid_request") dropConnections(request.webhookId);
  return outcome;
}

/** Names and values in turn, as undici takes them quickest. */
function headerPairs(headers: Record<string, string>): string[] {
  const pairs: string[] = [];
  for (const name of Object.keys(headers)) pairs.push(name, headers[name] ?? "");
  return pairs;
}

function toOutcome({
  request,
  host,
  addresses,
  exchange,
  startedAt,
}: {
  request: DeliveryRequest;
  host: string;
  addresses: string[];
  exchange: Exchange;
  startedAt: number;
}): Outcome {
  const { status, headers, phase, error } = exchange;
  const durationMs = Math.round(performance.now() - startedAt);
  const redirectTo = readRedirect({ status, headers, url: request.url });
  const problem =
    error === null && status !== null
      ? explainStatus({ status, host, redirectTo })
      : explainError({ error, host, addresses, phase, timeoutMs: request.timeoutMs, durationMs });
  return {
    success: problem === null,
    status,
    durationMs,
    responseHeaders: readHeaders(headers),
    responseBody: status === null ? null : readBody(exchange),
    errorCode: problem?.code ?? null,
    fault: problem && mapRefusal(problem.fault, storableText),
    retryAfter: headerValue(headers, "retry-after")?.slice(0, 100) ?? null,
    redirectTo,
  };
}
