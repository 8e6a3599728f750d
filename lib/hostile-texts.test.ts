import { expect, test } from "vitest";
import { deviceOf } from "@/lib/auth/known-device";
import { describeJsonMistake } from "@/lib/http/json-syntax";
import { parsePathParams } from "@/lib/http/path-params";
import { readJson } from "@/lib/http/read-json";
import { parseOrderSearch } from "@/lib/log/order-search";
import { parseOrderEvent } from "@/lib/orders/order-event";
import { normaliseStatus } from "@/lib/orders/status";
import { parseTime, toOffsetTime } from "@/lib/orders/time";
import { validateAuth, validateCustomHeaders } from "@/lib/outbound/auth-headers";
import { readBody, readHeaders, readRedirect } from "@/lib/outbound/read-response";
import { redactText } from "@/lib/outbound/redact";
import { urlProblem } from "@/lib/outbound/url-problem";
import { validateTemplate } from "@/lib/payloads/template";
import { prettyJson } from "@/lib/pretty-json";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";
import { storableText } from "@/lib/text";

const LENGTH = 100_000;
const MAX_TEMPLATE_LENGTH = 100_000;

/** Each repeated to LENGTH, alone and with an end that lets nothing match: what makes a search start over and over. */
const UNITS = [
  ...' \n\0\uFFFD\uD800"\\{}[](),:;.-_/=@+#0aA',
  ...['\\"', '"\\"', "{{", "{{a", "}}", "a.", "1.", "aA", "+0", "charset=", "charset ", 'charset="', " GMT"],
  ...["Bearer ", ": expected ", ", got ", "; ", " is a ", " address; ", " has the role ", "did you mean "],
];
const ENDS = ["", "!", "\n", "\0"];

test("an answer whose bytes are no text stalls nothing", () => {
  const body = Buffer.alloc(17 * 1024, 0xff);
  body[16 * 1024 - 1] = 0x61;
  for (let round = 0; round < 1000; round += 1) readBody({ chunks: [body], headers: {} });
  expect(readBody({ chunks: [body], headers: {} })).toHaveLength(16 * 1024);
});

const auth = { authType: "basic", token: null, username: null, password: null, customHeaders: null } as const;

test.each<[string, (text: string) => unknown]>([
  ["an answer's body", (text) => readBody({ chunks: [Buffer.from(text)], headers: {} })],
  [
    "an answer's body in the charset that it names",
    (text) => readBody({ chunks: [Buffer.from(text)], headers: { "content-type": `text/plain; ${text}` } }),
  ],
  ["an answer's headers", (text) => readHeaders({ [text]: text, "x-a": [text, text] })],
  [
    "where an answer points",
    (text) => readRedirect({ status: 302, headers: { location: text }, url: "http://crm.example/" }),
  ],
  ["an answer that holds a secret", (text) => redactText(text, [`Bearer ${" ".repeat(4000)}x`, text])],
  ["a secret", (text) => redactText("no secret", [`Basic ${text}`])],
  ["an answer in the log", prettyJson],
  ["an answer's text as JSON", (text) => prettyJson(JSON.stringify([text]))],
  ["text for Postgres", storableText],
  ["a body that is not JSON", (text) => describeJsonMistake(`["a", ${text}`)],
  ["a string that is not JSON", (text) => describeJsonMistake(`["${text}`)],
  ["a content type", (text) => readJson(requestOfType(`application/${text}`))],
  ["an id in a path", (text) => parsePathParams("{webhook_id}", { webhook_id: text })],
  [
    "an order's time",
    (text) => [parseTime(text), parseTime(`2026-01-01T00:00:00.${text}`), toOffsetTime(text)],
  ],
  ["a status", normaliseStatus],
  [
    "an order event",
    (text) => parseOrderEvent({ name: text, data: { order: { id: text, status: text, created_at: text } } }),
  ],
  ["a refusal", (text) => refusalText(refuse("needs_role", { needed: text, who: text, held: text }), "ru")],
  ["what is searched for", (text) => [parseOrderSearch(text), parseOrderSearch(`1${text}1`)]],
  ["a webhook's URL", (text) => [urlProblem(text), urlProblem(`http://${text.slice(0, 2000)}`)]],
  ["a template", (text) => validateTemplate(JSON.stringify({ a: text.slice(-MAX_TEMPLATE_LENGTH) }))],
  ["cookies", (text) => [deviceOf(text), deviceOf(`known-device=1.1.${text}`)]],
  ["a token", (text) => validateAuth({ ...auth, authType: "bearer", token: text })],
  ["a user name and a password", (text) => validateAuth({ ...auth, username: text, password: text })],
  ["custom headers", (text) => validateCustomHeaders({ [text]: text, "x-a": text })],
])("%s: a hostile text takes no more than linear time", async (_name, read) => {
  for (const unit of UNITS) {
    const text = unit.repeat(LENGTH / unit.length);
    // What takes the square of the length would take minutes for each; the test's own time limit ends it.
    for (const end of ENDS) await attempt(() => read(text + end));
  }
  expect.assertions(0);
});

async function attempt(read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

function requestOfType(contentType: string): Request {
  return new Request("http://product.example/", {
    method: "POST",
    body: "{}",
    headers: { "content-type": contentType },
  });
}
