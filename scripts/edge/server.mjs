import http from "node:http";
import { boundConnections } from "./connections.mjs";
import { createInTurn } from "./in-turn.mjs";

const MIB = 1024 * 1024;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
// Read on and thrown away, for a sender that looks for an answer only when its whole body has gone out.
const DISCARDED_BYTES = 8 * MIB;
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i;

/** Of an answer that brings no policy of its own: no script runs in it and nobody frames it. */
export const BARE_POLICY =
  "default-src 'self'; script-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS = {
  "Content-Security-Policy": BARE_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
};

const SERVER_OPTIONS = {
  // Proxies keep theirs for 60 to 120 s (nginx 60, AWS 60, Caddy 120): whoever closes first must not be us.
  keepAliveTimeout: 125_000,
  // A new connection that says nothing, or its headers drop by drop.
  headersTimeout: 15_000,
  // 64 MiB at 5 Mbit/s, with room.
  requestTimeout: 120_000,
  connectionsCheckingInterval: 5_000,
};

/**
 * Node's server with the limits that hold for every request, before Next or the intake sees it: one well-formed Host,
 * the usual methods, a body of at most 1 MiB (the intake and the inspector bound their own), idle and slow connections
 * closed, and security headers on every answer. `handle(request, response)` gets the rest. A request to upgrade is answered as
 * HTTP/1.1 as long as nobody listens to "upgrade" (RFC 9110, 7.8).
 */
export function createEdgeServer({ handle, appUrl, options = {} }) {
  const pinned = appUrl ? new URL(appUrl) : undefined;
  const inTurn = createInTurn();
  const server = http.createServer({ ...SERVER_OPTIONS, ...options }, (request, response) => {
    addHeaders(response);
    tidyTarget(request);
    const refusal = refusalOf(request);
    if (refusal) return refuse({ request, response, ...refusal });
    request.headers.host ??= "localhost";
    trustPinnedOrigin({ request, pinned });
    const foreign = foreignAction(request, pinned);
    if (foreign) return refuse({ request, response, ...foreign });
    if (limitBody({ request, response })) inTurn({ request, response, go: () => handle(request, response) });
  });
  boundConnections(server);
  server.on("connect", (_request, socket) => {
    socket.on("error", () => {});
    socket.end("HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  return server;
}

/** The most bytes that a body to this address may have; undefined where whoever reads it has a limit of its own. */
export function bodyLimit(url) {
  const [path = ""] = url.split("?");
  if (/^\/(e|iiko|api\/inspector)\//.test(path) || path === "/api/v1/events") return undefined;
  // An order event of 3 MiB, and what its steps returned.
  if (path === "/api/inngest") return 8 * MIB;
  return MIB;
}

function refusalOf({ method, url, rawHeaders, httpVersion }) {
  // Node itself shows only the first one.
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1].toLowerCase() === "host",
  );
  // Load balancers ask for the health so (HAProxy's httpchk).
  const isOldWithout = hosts.length === 0 && httpVersion === "1.0";
  if (!isOldWithout && (hosts.length !== 1 || !HOST.test(hosts[0]))) {
    return {
      status: 400,
      detail: "A request needs exactly one Host header: a name or an address, and a port.",
    };
  }
  if (!METHODS.includes(method)) {
    const detail = `${method} is not possible here; ${METHODS.join(", ")} are.`;
    return { status: 405, detail, headers: { allow: METHODS.join(", ") } };
  }
  if (!url.startsWith("/")) return { status: 400, detail: "The target of a request must be a path." };
  if (!isDecodable(url)) {
    return { status: 400, detail: "A % in the path must be followed by the two digits of a byte of UTF-8." };
  }
  return undefined;
}

/**
 * What machines mean the same by: a slash at the end or two in a row, which Next would redirect and iiko does not
 * follow; the whole address (RFC 9112, 3.2.2), where it is the one of Host; HAProxy's and a proxy's question whether
 * anybody is there.
 */
function tidyTarget(request) {
  const { method, url, headers } = request;
  const [, host, path = "/"] = /^http:\/\/([^/?#]+)(\/.*)?$/i.exec(url) ?? [];
  if (host !== undefined && host.toLowerCase() === headers.host?.toLowerCase()) request.url = path;
  if (method === "OPTIONS" && (url === "*" || url === "/")) request.url = "/api/health";
  if (!/^\/+(e|iiko|api)\//.test(request.url)) return;
  const [target, ...query] = request.url.split("?");
  request.url = [target.replace(/\/{2,}/g, "/").replace(/\/$/, ""), ...query].join("?");
}

function isDecodable(url) {
  try {
    decodeURIComponent(url.split("?")[0]);
    return true;
  } catch {
    return false;
  }
}

// Behind a proxy that hands on another Host than the browser's, Next would take the panel's own forms for foreign.
function trustPinnedOrigin({ request, pinned }) {
  if (!pinned || request.headers.origin !== pinned.origin) return;
  request.headers["x-forwarded-host"] = pinned.host;
}

// What Next would answer with an error number only.
function foreignAction({ method, headers }, pinned) {
  const { origin } = headers;
  if (method !== "POST" || headers["next-action"] === undefined || origin === undefined) return undefined;
  const host = headers["x-forwarded-host"]?.split(",")[0].trim() ?? headers.host;
  if (URL.canParse(origin) && new URL(origin).host === host) return undefined;
  const [ru, en] = pinned
    ? [
        `Откройте панель по адресу ${pinned.origin} (APP_URL).`,
        `Open the panel at ${pinned.origin} (APP_URL).`,
      ]
    : [
        "Задайте в APP_URL адрес, по которому открывают панель, и перезапустите сервер.",
        "Set APP_URL to the address at which the panel is opened, and restart the server.",
      ];
  const detail = `Не сохранено: запрос пришёл со страницы ${origin}, а сервер видит адрес ${host}. ${ru}\nNot saved: the request came from a page of ${origin}, but the server was asked as ${host}. ${en}`;
  return { status: 403, detail, isPlain: true };
}

/** Counts the body as it passes. Returns false where the request is answered already. */
function limitBody({ request, response }) {
  const limit = bodyLimit(request.url);
  if (limit === undefined) return true;
  const refusal = { status: 413, detail: `The request body is over ${limit / MIB} MiB.` };
  if (Number(request.headers["content-length"] ?? 0) > limit) {
    refuse({ request, response, ...refusal });
    return false;
  }
  if (request.headers["transfer-encoding"] === undefined) return true;
  // Node's parser hands each piece over by push(): only here can it be counted without reading it away from Next.
  const push = request.push;
  let length = 0;
  request.push = (chunk, encoding) => {
    length += chunk?.length ?? 0;
    if (length <= limit) return push.call(request, chunk, encoding);
    if (!response.headersSent) answer({ response, ...refusal });
    if (length > limit + DISCARDED_BYTES || chunk === null) {
      response.end();
      request.destroy();
    }
    return true;
  };
  return true;
}

function refuse({ request, response, ...refusal }) {
  answer({ response, ...refusal });
  let length = 0;
  request.on("data", (chunk) => {
    length += chunk.length;
    if (length > DISCARDED_BYTES) response.end();
  });
  request.on("end", () => response.end());
  request.on("error", () => {});
}

/** The whole answer, but not its end: that closes the connection, and what still comes in would have it lost. */
function answer({ response, status, detail, headers = {}, isPlain = false }) {
  const title = http.STATUS_CODES[status];
  const body = isPlain ? detail : JSON.stringify({ type: "about:blank", title, status, detail });
  response.writeHead(status, {
    // Next's client shows the words of exactly this type, and reads them as UTF-8.
    "content-type": isPlain ? "text/plain" : "application/problem+json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    connection: "close",
    ...headers,
  });
  response.write(body);
}

// At the last moment, so that whatever an answer brings of its own stands.
function addHeaders(response) {
  const writeHead = response.writeHead;
  response.writeHead = (...given) => {
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!response.hasHeader(name)) response.setHeader(name, value);
    }
    return writeHead.apply(response, given);
  };
}
