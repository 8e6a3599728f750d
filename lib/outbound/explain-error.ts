import { STATUS_CODES } from "node:http";

/** Every way an attempt can fail; the panel has words of its own for each code. */
export const ERROR_CODES = [
  "timeout",
  "dns",
  "connection_refused",
  "connection_reset",
  "unreachable",
  "blocked_address",
  "tls_expired",
  "tls_self_signed",
  "tls_hostname",
  "tls_untrusted",
  "tls_version",
  "tls",
  "too_many_headers",
  "invalid_response",
  "invalid_request",
  "network",
  "redirect",
  "gone",
  "http_401",
  "http_403",
  "http_404",
  "http_429",
  "http_3xx",
  "http_4xx",
  "http_5xx",
] as const;
export type DeliveryErrorCode = (typeof ERROR_CODES)[number];

export type Explanation = { code: DeliveryErrorCode; message: string };

/** How far an exchange came: `connecting` is DNS, TCP and TLS; `waiting` is for headers; `reading` the body. */
export type Phase = "connecting" | "waiting" | "reading";

/** What ends an exchange whose `timeoutMs` has passed. */
export class ExchangeTimeoutError extends Error {
  override readonly name = "ExchangeTimeoutError";
  readonly code = "EXCHANGE_TIMEOUT";
}

/** In plain English, why an exchange broke off. `host` carries its port when that is not the default one. */
export function explainError({
  error,
  host,
  addresses = [],
  phase,
  timeoutMs,
  durationMs = timeoutMs,
}: {
  error: unknown;
  host: string;
  /** What the host's name was resolved to. */
  addresses?: string[];
  phase: Phase;
  timeoutMs: number;
  durationMs?: number;
}): Explanation {
  const { errorCode, message } = errorParts(error);
  const code = transportCode({ errorCode, phase });
  // The text can quote the receiver (the names in its certificate), so it is kept short.
  const detail = (message || errorCode).slice(0, 300);
  const at =
    phase === "connecting" && addresses.length > 0 ? `${host} (${addresses.slice(0, 4).join(", ")})` : host;
  const passedMs = errorCode === "EXCHANGE_TIMEOUT" ? timeoutMs : durationMs;
  return { code, message: SENTENCES[code]({ host, at, phase, passedMs, detail, errorCode }) };
}

/** What a complete response means; null for 200–299, the only success (guide, «Обработка на принимающей стороне»). */
export function explainStatus({
  status,
  host,
  redirectTo,
}: {
  status: number;
  host: string;
  redirectTo: string | null;
}): Explanation | null {
  if (status >= 200 && status <= 299) return null;
  const name = STATUS_CODES[status];
  const answered = `${host} answered ${status}${name ? ` ${name}` : ""}`;
  if (redirectTo !== null) {
    const advice = "Redirects are not followed; make that the webhook's URL if it is the right one.";
    return { code: "redirect", message: `${answered} and pointed to ${redirectTo}. ${advice}` };
  }
  const { code, advice } = STATUS_ADVICE[status] ?? adviceByClass(status);
  return { code, message: advice ? `${answered}: ${advice}.` : `${answered}.` };
}

type TransportCode = Exclude<DeliveryErrorCode, "redirect" | "gone" | `http_${string}`>;

const CODES: Record<string, TransportCode> = {
  EXCHANGE_TIMEOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  ETIMEDOUT: "timeout",
  ENOTFOUND: "dns",
  EAI_AGAIN: "dns",
  EAI_FAIL: "dns",
  ETIMEOUT: "dns",
  EBADNAME: "dns",
  ENODATA: "dns",
  ECONNREFUSED: "connection_refused",
  ECONNRESET: "connection_reset",
  EPIPE: "connection_reset",
  UND_ERR_SOCKET: "connection_reset",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  BLOCKED_ADDRESS: "blocked_address",
  CERT_HAS_EXPIRED: "tls_expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls_self_signed",
  SELF_SIGNED_CERT_IN_CHAIN: "tls_untrusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls_hostname",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls_untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "tls_untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls_untrusted",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "tls_version",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "tls_version",
  ERR_SSL_NO_PROTOCOLS_AVAILABLE: "tls_version",
  EPROTO: "tls",
  HTTPParserError: "invalid_response",
  UND_ERR_HEADERS_OVERFLOW: "too_many_headers",
  ERR_INVALID_URL: "invalid_request",
  UND_ERR_INVALID_ARG: "invalid_request",
  UND_ERR_NOT_SUPPORTED: "invalid_request",
};

function transportCode({ errorCode, phase }: { errorCode: string; phase: Phase }): TransportCode {
  // Lengths that contradict each other already in the headers are no connection that broke.
  if (errorCode === "UND_ERR_RES_CONTENT_LENGTH_MISMATCH")
    return phase === "reading" ? "connection_reset" : "invalid_response";
  if (/^(ERR_SSL_|ERR_TLS_|CERT_)/.test(errorCode)) return CODES[errorCode] ?? "tls";
  return CODES[errorCode] ?? "network";
}

type Given = { host: string; at: string; phase: Phase; passedMs: number; detail: string; errorCode: string };

const SENTENCES: Record<TransportCode, (given: Given) => string> = {
  timeout: ({ at, phase, passedMs }) => `${TIMEOUT_TEXT[phase](at)} within ${passedMs} ms.`,
  dns: ({ host, errorCode }) =>
    errorCode === "ETIMEOUT"
      ? `The DNS did not answer when asked for ${host}: check the name's DNS servers and this server's own.`
      : `The host name of ${host} could not be resolved: check its spelling and its public DNS.`,
  connection_refused: ({ at }) => `${at} refused the connection: nothing listens on that port.`,
  connection_reset: ({ at, phase }) => `${at} closed the connection ${RESET_TEXT[phase]}.`,
  unreachable: ({ at, detail }) => `There is no way from this server to ${at} (${detail}).`,
  blocked_address: ({ detail }) => detail,
  tls_expired: ({ host }) => `The TLS certificate of ${host} has expired; the receiver must renew it.`,
  tls_self_signed: ({ host }) =>
    `The TLS certificate of ${host} is self-signed; the receiver needs one from a public authority, or name the certificate's file in NODE_EXTRA_CA_CERTS.`,
  tls_hostname: ({ host, detail }) => `The TLS certificate of ${host} is for another name (${detail}).`,
  tls_untrusted: ({ host }) =>
    `The TLS certificate of ${host} is not from a known authority: the receiver must send its intermediate certificate too; for a private authority name its file in NODE_EXTRA_CA_CERTS.`,
  tls_version: ({ host }) =>
    `${host} speaks a version of TLS older than 1.2; the receiver must switch on TLS 1.2 or 1.3.`,
  tls: ({ host, detail }) => `No secure connection to ${host} could be made (${detail}).`,
  too_many_headers: ({ host }) => `${host} answered with more than 16 KiB of headers; they were not read on.`,
  invalid_response: ({ host, detail }) => `${host} did not answer in proper HTTP/1.1 (${detail}).`,
  invalid_request: ({ host, detail }) =>
    `No request to ${host} could be made: check the webhook's URL and headers (${detail}).`,
  network: ({ host, detail }) => `The exchange with ${host} failed (${detail}).`,
};

const TIMEOUT_TEXT: Record<Phase, (host: string) => string> = {
  connecting: (host) => `No connection to ${host} came about`,
  waiting: (host) => `${host} took the request but did not answer`,
  reading: (host) => `${host} began to answer but did not finish`,
};

const RESET_TEXT: Record<Phase, string> = {
  connecting: "before it was ready",
  waiting: "without an answer",
  reading: "in the middle of its answer",
};

type Advice = { code: DeliveryErrorCode; advice?: string };

const STATUS_ADVICE: Record<number, Advice> = {
  401: { code: "http_401", advice: "check the webhook's authorization type and its token or password" },
  403: { code: "http_403", advice: "the token or user is known but may not do this" },
  404: { code: "http_404", advice: "check the path in the webhook's URL" },
  410: { code: "gone", advice: "the receiver wants no more deliveries" },
  429: { code: "http_429", advice: "it wants fewer requests" },
};

function adviceByClass(status: number): Advice {
  if (status >= 300 && status <= 399) return { code: "http_3xx" };
  if (status >= 400 && status <= 499) return { code: "http_4xx" };
  if (status >= 500 && status <= 599)
    return { code: "http_5xx", advice: "the fault is on the receiver's side" };
  return { code: "invalid_response", advice: "there is no such HTTP status" };
}

/** Node reports several addresses that all failed as one AggregateError; the first of them tells the story. */
function errorParts(error: unknown): { errorCode: string; message: string } {
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  if (!(first instanceof Error)) return { errorCode: "", message: String(first) };
  // undici's parser error has a code only now and then; its name is always there.
  const isParserError = first.name === "HTTPParserError";
  const errorCode = "code" in first && typeof first.code === "string" ? first.code : "";
  return { errorCode: isParserError ? first.name : errorCode, message: first.message };
}
