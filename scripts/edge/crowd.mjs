import { randomUUID } from "node:crypto";
import { createGate } from "./gate.mjs";
import { createRefusals } from "./refusals.mjs";

const BUSY_SECONDS = 5;
// Next asks its own server when an action redirects or belongs to another page, with the headers of the request that
// it answers: were that one to wait as well, each would wait for the other.
const ADMITTED = "x-admitted";

// Who has shown a key is never refused, however many requests come with it.
const TRUSTED = {
  atOnce: 6,
  waitingAtMost: Number.POSITIVE_INFINITY,
  waitingPerAddress: Number.POSITIVE_INFINITY,
  waitAtMostMs: undefined,
  countedAtMostMs: 250,
  restPerRequest: { first: 0.5 },
  restAtLeastMs: { first: 2 },
  restAtMostMs: 5,
};

/**
 * Stands before Next, each of whose answers keeps the thread from the order events for some milliseconds: whatever is
 * asked for, few of the requests go through at once. Who has shown a key waits for others with a key only, and who comes
 * from a familiar address goes before strangers. `visitorOf(request)` says who it is: `{ rank, address }`, with rank
 * `engine`, which passes at once, `trusted`, `familiar` or `stranger`; undefined lets everybody pass.
 */
export function createCrowd({ visitorOf, appUrl }) {
  // Apart, so that bodies that come drop by drop hold up no page.
  const gates = { trusted: createGate(TRUSTED), reads: createGate(), writes: createGate() };
  const refusals = createRefusals();
  const pass = randomUUID();

  function gateOf({ request, rank }) {
    if (rank === "trusted") return gates.trusted;
    return request.method === "GET" || request.method === "HEAD" ? gates.reads : gates.writes;
  }

  /** Calls `go` when the request may go on, or answers it with 429. */
  function admit({ request, response, go }) {
    if (request.headers[ADMITTED] === pass) return go();
    request.headers[ADMITTED] = pass;
    const { rank = "engine", address } = visitorOf(request) ?? {};
    if (rank === "engine") return go();
    const refuse = (seconds) => answerBusy({ request, response, seconds, appUrl });
    const seconds = rank === "trusted" ? 0 : refusals.waitSeconds(address);
    if (seconds > 0) return refuse(seconds);
    gateOf({ request, rank }).enter({
      isFirst: rank !== "stranger",
      address,
      response,
      refuse: () => refuse(BUSY_SECONDS),
      go: () => {
        response.once("close", () => response.statusCode === 429 && refusals.count(address));
        go();
      },
    });
  }

  return { admit };
}

function answerBusy({ request, response, seconds, appUrl }) {
  const russian = `Слишком много попыток. Попробуйте снова через ${seconds} с.`;
  const english = `Too many tries. Try again in ${seconds} s.`;
  const [path] = request.url.split("?");
  const body = path.startsWith("/api/")
    ? JSON.stringify({
        type: "about:blank",
        title: "Too Many Requests",
        status: 429,
        detail: path.startsWith("/api/auth/") ? `${russian} ${english}` : english,
        // What next-auth's script in the sign-in page reads the reason from.
        ...(path.startsWith("/api/auth/callback/") && { url: signInUrl({ request, seconds, appUrl }) }),
      })
    : `${russian}\n${english}`;
  response.writeHead(429, {
    "content-type": contentType({ path, headers: request.headers }),
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "retry-after": seconds,
  });
  response.end(body);
}

function contentType({ path, headers }) {
  if (path.startsWith("/api/")) return "application/problem+json";
  // Next's client shows the words of exactly this type, and reads them as UTF-8.
  return headers["next-action"] === undefined ? "text/plain; charset=utf-8" : "text/plain";
}

function signInUrl({ request, seconds, appUrl }) {
  const origin = appUrl ? new URL(appUrl).origin : `http://${request.headers.host}`;
  return `${origin}/sign-in?error=rate_limited%20${seconds}`;
}
