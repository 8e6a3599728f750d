import { STATUS_CODES } from "node:http";
import { BlockedAddressError } from "@/lib/outbound/ssrf-guard";
import { type Refusal, refuse } from "@/lib/refusals/refuse";

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

export type Explanation = { code: DeliveryErrorCode; fault: Refusal };

/** How far an exchange came: `connecting` is DNS, TCP and TLS; `waiting` is for headers; `reading` the body. */
export type Phase = "connecting" | "waiting" | "reading";

/** What ends an exchange whose `timeoutMs` has passed. */
export class ExchangeTimeoutError extends Error {
  override readonly name = "ExchangeTimeoutError";
  readonly code = "EXCHANGE_TIMEOUT";
}

/** Why an exchange broke off. `host` carries its port when that is not the default one. */
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
  const { errorCode, message, refusal } = errorParts(error);
  // The guard has its own refusals.
  if (refusal) return { code: "blocked_address", fault: refusal };
  const code = transportCode({ errorCode, phase });
  // The text can quote the receiver (the names in its certificate), so it is kept short.
  const detail = readable(message || errorCode).slice(0, 300);
  const at =
    phase === "connecting" && addresses.length > 0 ? `${host} (${addresses.slice(0, 4).join(", ")})` : host;
  const passedMs = errorCode === "EXCHANGE_TIMEOUT" ? timeoutMs : durationMs;
  return { code, fault: FAULTS[code]({ host, at, phase, ms: passedMs, detail, errorCode }) };
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
  const params = { receiver: host, answer: name ? `${status} ${name}` : `${status}` };
  if (redirectTo !== null) {
    if (/^https:\/\/script\.googleusercontent\.com\//.test(redirectTo))
      return { code: "redirect", fault: refuse("fault_redirect_apps_script", params) };
    return { code: "redirect", fault: refuse("fault_redirect", { ...params, to: redirectTo }) };
  }
  const { code, fault } = STATUS_FAULTS[status] ?? faultByClass(status);
  return { code, fault: refuse(fault, params) };
}

type TransportCode = Exclude<DeliveryErrorCode, "blocked_address" | "redirect" | "gone" | `http_${string}`>;

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
  // What Node has no code of its own for, a signature with SHA-1 for example.
  UNSPECIFIED: "tls",
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

type Given = { host: string; at: string; phase: Phase; ms: number; detail: string; errorCode: string };

const FAULTS: Record<TransportCode, (given: Given) => Refusal> = {
  timeout: ({ phase, at, ms }) => refuse(TIMEOUT_FAULTS[phase], { at, ms }),
  dns: ({ host, errorCode }) => refuse(errorCode === "ETIMEOUT" ? "fault_dns_silent" : "fault_dns", { host }),
  connection_refused: ({ at }) => refuse("fault_refused", { at }),
  connection_reset: ({ phase, at }) => refuse(RESET_FAULTS[phase], { at }),
  unreachable: ({ at, detail }) => refuse("fault_unreachable", { at, detail }),
  tls_expired: ({ host }) => refuse("fault_tls_expired", { host }),
  tls_self_signed: ({ host }) => refuse("fault_tls_self_signed", { host }),
  tls_hostname: ({ host, detail }) => refuse("fault_tls_hostname", { host, detail }),
  tls_untrusted: ({ host }) => refuse("fault_tls_untrusted", { host }),
  tls_version: ({ host }) => refuse("fault_tls_version", { host }),
  tls: ({ host, detail, errorCode }) => refuse(TLS_FAULTS[errorCode] ?? "fault_tls", { host, detail }),
  too_many_headers: ({ host }) => refuse("fault_too_many_headers", { host }),
  invalid_response: ({ host, detail }) => refuse("fault_invalid_response", { host, detail }),
  invalid_request: ({ host, detail }) => refuse("fault_invalid_request", { host, detail }),
  network: ({ host, detail }) => refuse("fault_network", { host, detail }),
};

const TLS_FAULTS: Record<string, "fault_tls_plain" | "fault_tls_not_yet" | "fault_tls_handshake"> = {
  ERR_SSL_WRONG_VERSION_NUMBER: "fault_tls_plain",
  ERR_SSL_HTTP_REQUEST: "fault_tls_plain",
  CERT_NOT_YET_VALID: "fault_tls_not_yet",
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: "fault_tls_handshake",
  "ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE": "fault_tls_handshake",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "fault_tls_handshake",
};

const TIMEOUT_FAULTS = {
  connecting: "fault_timeout_connecting",
  waiting: "fault_timeout_waiting",
  reading: "fault_timeout_reading",
} as const satisfies Record<Phase, string>;

const RESET_FAULTS = {
  connecting: "fault_reset_connecting",
  waiting: "fault_reset_waiting",
  reading: "fault_reset_reading",
} as const satisfies Record<Phase, string>;

type StatusFault = {
  code: DeliveryErrorCode;
  fault:
    | "fault_status"
    | `fault_status_${"401" | "403" | "404" | "405" | "410" | "413" | "415" | "429" | "5xx" | "unknown"}`;
};

const STATUS_FAULTS: Record<number, StatusFault> = {
  401: { code: "http_401", fault: "fault_status_401" },
  403: { code: "http_403", fault: "fault_status_403" },
  404: { code: "http_404", fault: "fault_status_404" },
  405: { code: "http_4xx", fault: "fault_status_405" },
  410: { code: "gone", fault: "fault_status_410" },
  413: { code: "http_4xx", fault: "fault_status_413" },
  415: { code: "http_4xx", fault: "fault_status_415" },
  429: { code: "http_429", fault: "fault_status_429" },
};

function faultByClass(status: number): StatusFault {
  if (status >= 300 && status <= 399) return { code: "http_3xx", fault: "fault_status" };
  if (status >= 400 && status <= 499) return { code: "http_4xx", fault: "fault_status" };
  if (status >= 500 && status <= 599) return { code: "http_5xx", fault: "fault_status_5xx" };
  return { code: "invalid_response", fault: "fault_status_unknown" };
}

/** OpenSSL's reason out of the line that it writes for its developers; of several lines the first. */
function readable(message: string): string {
  const reason = /^[\dA-F]+:error:[\dA-F]+:[^:]*:[^:]*:([^:]+):/.exec(message)?.[1];
  return reason ?? message.split("\n", 1)[0] ?? "";
}

/** Node reports several addresses that all failed as one AggregateError; the first of them tells the story. */
function errorParts(error: unknown): { errorCode: string; message: string; refusal?: Refusal } {
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  if (!(first instanceof Error)) return { errorCode: "", message: String(first) };
  if (first instanceof BlockedAddressError)
    return { errorCode: "", message: first.message, refusal: first.refusal };
  // undici's parser error has a code only now and then; its name is always there.
  const isParserError = first.name === "HTTPParserError";
  // The only thing that undici asserts of an answer.
  if (first.name === "AssertionError") return { errorCode: "HTTPParserError", message: "a status below 100" };
  const errorCode = "code" in first && typeof first.code === "string" ? first.code : "";
  return { errorCode: isParserError ? first.name : errorCode, message: first.message };
}
