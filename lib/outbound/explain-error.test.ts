import { expect, test } from "vitest";
import { ExchangeTimeoutError, explainError, explainStatus, type Phase } from "@/lib/outbound/explain-error";
import { BlockedAddressError } from "@/lib/outbound/ssrf-guard";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";

function failure(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

const refused = failure("ECONNREFUSED", "connect ECONNREFUSED 192.0.2.1:443");

test.each<[string, unknown, Phase, string, RegExp]>([
  [
    "no connection in time",
    new ExchangeTimeoutError(),
    "connecting",
    "timeout",
    /No connection to crm\.example:8443 .* 5000 ms/,
  ],
  ["no answer in time", new ExchangeTimeoutError(), "waiting", "timeout", /did not answer within 5000 ms/],
  [
    "half an answer in time",
    new ExchangeTimeoutError(),
    "reading",
    "timeout",
    /did not finish within 5000 ms/,
  ],
  ["undici's own connect timeout", failure("UND_ERR_CONNECT_TIMEOUT"), "connecting", "timeout", /5000 ms/],
  ["an unknown name", failure("ENOTFOUND"), "connecting", "dns", /host name of crm\.example:8443/],
  ["a name server that is away", failure("EAI_AGAIN"), "connecting", "dns", /resolved/],
  ["a closed port", refused, "connecting", "connection_refused", /refused the connection/],
  [
    "several addresses, all closed",
    new AggregateError([refused, refused]),
    "connecting",
    "connection_refused",
    /refused/,
  ],
  ["a reset without an answer", failure("ECONNRESET"), "waiting", "connection_reset", /without an answer/],
  [
    "an end in the middle",
    failure("UND_ERR_SOCKET"),
    "reading",
    "connection_reset",
    /in the middle of its answer/,
  ],
  ["a broken TLS handshake", failure("ECONNRESET"), "connecting", "connection_reset", /before it was ready/],
  ["no route", failure("ENETUNREACH"), "connecting", "unreachable", /no way from this server/],
  [
    "a blocked address",
    new BlockedAddressError(refuse("address_special", { address: "10.0.0.5", kind: "private" })),
    "connecting",
    "blocked_address",
    /^10\.0\.0\.5 is a private address/,
  ],
  ["an expired certificate", failure("CERT_HAS_EXPIRED"), "connecting", "tls_expired", /has expired/],
  [
    "a self-signed certificate",
    failure("DEPTH_ZERO_SELF_SIGNED_CERT"),
    "connecting",
    "tls_self_signed",
    /self-signed/,
  ],
  [
    "a self-signed authority",
    failure("SELF_SIGNED_CERT_IN_CHAIN"),
    "connecting",
    "tls_untrusted",
    /NODE_EXTRA_CA_CERTS/,
  ],
  [
    "another host's certificate",
    failure("ERR_TLS_CERT_ALTNAME_INVALID", "DNS:b"),
    "connecting",
    "tls_hostname",
    /another name \(DNS:b\)/,
  ],
  [
    "a missing intermediate",
    failure("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    "connecting",
    "tls_untrusted",
    /intermediate/,
  ],
  [
    "plain HTTP on a TLS port",
    failure("ERR_SSL_WRONG_VERSION_NUMBER"),
    "connecting",
    "tls",
    /secure connection .*does not speak TLS/,
  ],
  ["a certificate of tomorrow", failure("CERT_NOT_YET_VALID"), "connecting", "tls", /Check the clocks/],
  [
    "a receiver that wants a certificate of ours",
    failure(
      "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED",
      "806CEBA7517F0000:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required:../a.c:1601:SSL alert number 116\n",
    ),
    "waiting",
    "tls",
    /^crm\.example:8443 turned the secure connection down \(tlsv13 alert certificate required\): .*mutual TLS/,
  ],
  [
    "a signature that is too weak",
    failure("UNSPECIFIED", "CA signature digest algorithm too weak"),
    "connecting",
    "tls",
    /secure connection .*\(CA signature digest algorithm too weak\)/,
  ],
  ["too many headers", failure("UND_ERR_HEADERS_OVERFLOW"), "waiting", "too_many_headers", /16 KiB/],
  [
    "no HTTP",
    Object.assign(new Error("Expected HTTP/"), { name: "HTTPParserError" }),
    "waiting",
    "invalid_response",
    /proper HTTP\/1\.1 \(Expected HTTP\/\)/,
  ],
  [
    "a bad header of ours",
    failure("UND_ERR_INVALID_ARG", "invalid x header"),
    "connecting",
    "invalid_request",
    /invalid x header/,
  ],
  ["anything else", new TypeError("surprise"), "waiting", "network", /failed \(surprise\)/],
  ["no error at all", "a string", "waiting", "network", /a string/],
])("explains %s", (_name, error, phase, code, message) => {
  const explained = explainError({ error, host: "crm.example:8443", phase, timeoutMs: 5000 });
  expect(explained.code).toBe(code);
  expect(refusalText(explained.fault)).toMatch(message);
});

test("a certificate with endless names does not make an endless message", () => {
  const error = failure("ERR_TLS_CERT_ALTNAME_INVALID", "DNS:x ".repeat(10_000));
  const { fault } = explainError({ error, host: "crm.example", phase: "connecting", timeoutMs: 5000 });
  expect(refusalText(fault).length).toBeLessThan(500);
});

test.each<[number, string | null, RegExp | null]>([
  [200, null, null],
  [204, null, null],
  [299, null, null],
  [304, "http_3xx", /^crm\.example answered 304 Not Modified\.$/],
  [400, "http_4xx", /400 Bad Request/],
  [401, "http_401", /token or password/],
  [403, "http_403", /may not do this/],
  [404, "http_404", /path/],
  [405, "http_4xx", /takes no POST/],
  [413, "http_4xx", /client_max_body_size/],
  [415, "http_4xx", /Content-Type/],
  [410, "gone", /no more deliveries/],
  [429, "http_429", /fewer requests/],
  [500, "http_5xx", /receiver's side/],
  [599, "http_5xx", /answered 599:/],
  [600, "invalid_response", /no such HTTP status/],
  [999, "invalid_response", /no such HTTP status/],
])("explains status %i", (status, code, message) => {
  const explanation = explainStatus({ status, host: "crm.example", redirectTo: null });
  expect(explanation?.code ?? null).toBe(code);
  if (explanation && message) expect(refusalText(explanation.fault)).toMatch(message);
});

test("a redirect says where it pointed", () => {
  expect(explainStatus({ status: 301, host: "crm.example", redirectTo: "https://new.example/" })).toEqual({
    code: "redirect",
    fault: refuse("fault_redirect", {
      receiver: "crm.example",
      answer: "301 Moved Permanently",
      to: "https://new.example/",
    }),
  });
});

test("Google Apps Script's redirect says that the script has run, and what answers 200", () => {
  const redirectTo = "https://script.googleusercontent.com/macros/echo?user_content_key=abc";
  const explanation = explainStatus({ status: 302, host: "script.google.com", redirectTo });
  expect(explanation?.code).toBe("redirect");
  const text = explanation ? refusalText(explanation.fault) : "";
  expect(text).toMatch(/has run\. .*HtmlService\.createHtmlOutput\("ok"\)/);
  expect(text).not.toContain("user_content_key");
});
