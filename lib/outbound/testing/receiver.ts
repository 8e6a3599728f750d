import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { answer, type Behaviour } from "@/lib/outbound/testing/behaviours";
import type { Certificate } from "@/lib/outbound/testing/certificate";

export type RecordedRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  receivedAt: Date;
};

export type Receiver = {
  /** `http://127.0.0.1:PORT`, or https with a certificate. */
  url: string;
  port: number;
  /** Every request read to its end, oldest first. */
  requests: RecordedRequest[];
  /** How many connections were ever opened to it. */
  connectionCount: () => number;
  /** Behaves so from now on, to every request. */
  always: (behaviour: Behaviour) => void;
  /** One behaviour per request; after the last comes what `always` set. */
  script: (...behaviours: Behaviour[]) => void;
  /** Resolves with the requests as soon as there are `count` of them. */
  waitFor: (count: number) => Promise<RecordedRequest[]>;
  /** Breaks every connection and frees the port. */
  close: () => Promise<void>;
};

/** A real HTTP or HTTPS receiver on loopback. It answers 200 until told otherwise; see behaviours.ts. */
export async function startReceiver({
  certificate,
  behaviour = answer(200),
  host = "127.0.0.1",
  port = 0,
  keepAliveMs = 5000,
}: {
  certificate?: Certificate;
  behaviour?: Behaviour;
  host?: string;
  port?: number;
  keepAliveMs?: number;
} = {}): Promise<Receiver> {
  const requests: RecordedRequest[] = [];
  const waiting = new Set<() => void>();
  const scripted: Behaviour[] = [];
  let usual = behaviour;
  let connectionCount = 0;

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const request = await record(incoming).catch(() => null);
    if (!request) return;
    requests.push(request);
    for (const check of waiting) check();
    (scripted.shift() ?? usual)(response, request);
  };
  const server: Server = certificate ? createTlsServer(certificate, handle) : createServer(handle);
  server.keepAliveTimeout = keepAliveMs;
  server.on("connection", (socket: Socket) => {
    connectionCount += 1;
    socket.on("error", () => {});
  });
  server.on("tlsClientError", () => {});
  server.listen(port, host);
  await once(server, "listening");
  const bound = server.address() as AddressInfo;

  return {
    url: `${certificate ? "https" : "http"}://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`,
    port: bound.port,
    requests,
    connectionCount: () => connectionCount,
    always: (next) => {
      usual = next;
    },
    script: (...behaviours) => void scripted.push(...behaviours),
    waitFor: (count) =>
      new Promise((resolve) => {
        const check = () => {
          if (requests.length < count) return;
          waiting.delete(check);
          resolve(requests);
        };
        waiting.add(check);
        check();
      }),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? "",
    path: incoming.url ?? "",
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString("utf8"),
    receivedAt: new Date(),
  };
}
