import { expect, test } from "vitest";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";
import { storedFault, storedReason } from "@/lib/refusals/stored-text";
import { ExchangeTimeoutError, explainError, explainStatus, type Phase } from "./explain-error";

const CODES =
  "UND_ERR_CONNECT_TIMEOUT ENOTFOUND ETIMEOUT ECONNREFUSED ECONNRESET ENETUNREACH CERT_HAS_EXPIRED DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN ERR_TLS_CERT_ALTNAME_INVALID ERR_SSL_UNSUPPORTED_PROTOCOL EPROTO UND_ERR_HEADERS_OVERFLOW UND_ERR_INVALID_ARG SURPRISE";
const PHASES: Phase[] = ["connecting", "waiting", "reading"];
const given = { host: "crm.example:8443", addresses: ["192.0.2.1"], timeoutMs: 5_000 };

const transport = PHASES.flatMap((phase) => [
  explainError({ ...given, error: new ExchangeTimeoutError(), phase }).message,
  explainError({ ...given, error: Object.assign(new Error("x"), { name: "HTTPParserError" }), phase })
    .message,
  ...CODES.split(" ").map(
    (code) => explainError({ ...given, error: Object.assign(new Error(code), { code }), phase }).message,
  ),
]);
const statuses = [301, 304, 400, 401, 403, 404, 410, 418, 429, 500, 503, 599, 600].map(
  (status) => explainStatus({ status, host: given.host, redirectTo: null })?.message ?? "",
);
const redirect = explainStatus({
  status: 302,
  host: given.host,
  redirectTo: "https://new.example/",
})?.message;
const blocked = [
  refuse("address_this_machine", { host: "localhost" }),
  refuse("address_special", { address: "10.0.0.5", kind: "private" }),
  refuse("address_resolved", { host: "crm.local", address: "10.0.0.5", kind: "private" }),
];

test.each([...new Set([...transport, ...statuses, redirect ?? ""])])("%s", (message) => {
  const russian = storedFault({ message, locale: "ru" });
  expect(russian).toMatch(/[а-я]{3}/);
  expect(russian).toContain("crm.example:8443");
  expect(russian).not.toMatch(/\b(the|could|answered|connection)\b|\$\d/);
  expect(storedFault({ message, locale: "en" })).toBe(message);
});

test.each(blocked)("a blocked address reads as its refusal does: $code", (refusal) => {
  const russian = storedFault({ message: refusalText(refusal), locale: "ru" });
  expect(russian).toBe(refusalText(refusal, "ru"));
});

test("what ended a delivery is told with its last fault, and what is not known stays as it is", () => {
  const reason = "All 4 attempts failed. crm.example answered 500 Internal Server Error.";
  expect(storedReason({ reason, locale: "ru" })).toBe(
    "Попыток: 4, ни одна не удалась. crm.example: ответ 500 Internal Server Error.",
  );
  expect(storedReason({ reason, locale: "en" })).toBe(reason);
  expect(storedFault({ message: "something else", locale: "ru" })).toBe("something else");
});
