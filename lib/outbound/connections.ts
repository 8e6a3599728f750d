import type { Socket } from "node:net";
import { buildConnector, Client, Pool } from "undici";
import { mendAnswerHeads } from "@/lib/outbound/answer-heads";
import type { RequestOptions } from "@/lib/outbound/exchange";
import { spellOwnHeaders } from "@/lib/outbound/header-spelling";
import type { LookupAll } from "@/lib/outbound/shared-lookup";
import { guardedConnector, type OutboundAllow, type OutboundTls } from "@/lib/outbound/ssrf-guard";

/** A webhook's own keep-alive connections, so that a receiver which hangs can only hang its own webhook. */
export type Connections = {
  pool: Pool;
  host: string;
  path: string;
  route: Route;
  inFlight: number;
  /** What the host's name was last resolved to. */
  addresses: string[];
};

/** Where one webhook's requests go and on what terms. */
export type Route = {
  webhookId: number;
  url: string;
  timeoutMs: number;
  allow: OutboundAllow;
  tls?: OutboundTls;
  /** Resolves host names instead of the system's DNS. */
  lookupAll?: LookupAll;
  /** The process's own port, to connect to whatever the URL's name is and without TLS (lib/own-server). */
  ownServer?: OwnAddress | null;
};

type OwnAddress = { host: string; port: number };

const MAX_IDLE_WEBHOOKS = 256;

/** Below the 2 s after which the quickest common servers (gunicorn) drop an idle connection without a hint. */
const KEEP_ALIVE_MS = 1500;
const LONGEST_KEEP_ALIVE_HINT_MS = 30_000;
const MAX_HEADER_BYTES = 16 * 1024;

/** Ordered by last use, oldest first. */
const byWebhook = new Map<number, Connections>();
const closing = new Set<Promise<void>>();

/**
 * The webhook's connections, made anew when its URL, timeout or guard changed; give them back with
 * `releaseConnections`. Throws a TypeError when the URL is not valid.
 */
export function acquireConnections(route: Route): Connections {
  const kept = byWebhook.get(route.webhookId);
  const connections = kept && fits(kept, route) ? kept : open(route);
  if (kept && kept !== connections) retire(kept);
  byWebhook.delete(route.webhookId);
  byWebhook.set(route.webhookId, connections);
  connections.inFlight += 1;
  return connections;
}

export function releaseConnections(connections: Connections): void {
  connections.inFlight -= 1;
}

/** Forgets the webhook's connections: requests under way end in their own time, later ones connect anew. */
export function dropConnections(webhookId: number): void {
  const connections = byWebhook.get(webhookId);
  if (!connections) return;
  byWebhook.delete(webhookId);
  retire(connections);
}

/** For a graceful stop: resolves when every request under way has ended and every connection is closed. */
export async function closeAll(): Promise<void> {
  for (const webhookId of [...byWebhook.keys()]) dropConnections(webhookId);
  await Promise.all(closing);
}

function fits({ route }: Connections, { url, timeoutMs, allow, tls, lookupAll, ownServer }: Route): boolean {
  return (
    route.url === url &&
    route.timeoutMs === timeoutMs &&
    route.allow.text === allow.text &&
    route.tls?.ca === tls?.ca &&
    route.lookupAll === lookupAll &&
    route.ownServer?.port === ownServer?.port
  );
}

function open({ webhookId, url, timeoutMs, allow, tls, lookupAll, ownServer }: Route): Connections {
  const { origin, host, pathname, search } = new URL(url);
  evictIdle();
  const addresses: string[] = [];
  const onAddresses = (found: string[]) => void addresses.splice(0, Infinity, ...found);
  const connect = ownServer
    ? ownConnector({ ownServer, timeoutMs })
    : guardedConnector({ allow, timeoutMs, tls, lookupAll, onAddresses });
  const pool = new Pool(origin, {
    factory: (to, options) => clientThatTells(to, { ...options, connect }),
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_HINT_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
    // sendRequest has one timer for the whole exchange; undici's start afresh with every byte.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const route = { webhookId, url, timeoutMs, allow, tls, lookupAll, ownServer };
  return { pool, host, path: pathname + search, route, inFlight: 0, addresses };
}

/** Connects to the process's own port and nowhere else. */
function ownConnector(to: { ownServer: OwnAddress; timeoutMs: number }): buildConnector.connector {
  const { host, port } = to.ownServer;
  const connect = buildConnector({ timeout: to.timeoutMs });
  const own = { hostname: host, host: `${host}:${port}`, port: String(port), protocol: "http:" };
  return (_, callback) => connect(own, callback);
}

type ClientOptions = Client.Options & { connect: buildConnector.connector };

/** A pool's client, one connection at a time, that tells each request which socket it is written to. */
function clientThatTells(origin: URL, { connect, ...options }: ClientOptions): Client {
  let socket: Socket | null = null;
  const client = new Client(origin, {
    ...options,
    connect: (to, callback) =>
      connect(to, (...result) => {
        socket = result[1];
        if (socket) {
          spellOwnHeaders(socket);
          mendAnswerHeads(socket);
        }
        callback(...result);
      }),
  });
  const dispatch = client.dispatch.bind(client);
  const current = () => socket;
  client.dispatch = (request: RequestOptions, handler) => {
    request.socket = current;
    return dispatch(request, handler);
  };
  return client;
}

/** Idle sockets close by themselves; this bounds the memory of webhooks that have long been quiet. */
function evictIdle(): void {
  if (byWebhook.size < MAX_IDLE_WEBHOOKS) return;
  for (const [webhookId, { inFlight }] of byWebhook) {
    if (inFlight > 0) continue;
    dropConnections(webhookId);
    return;
  }
}

function retire({ pool }: Connections): void {
  const closed = pool.close().then(() => void closing.delete(closed));
  closing.add(closed);
}
