import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { pipeline } from "node:stream";
import { createWebSocketStream, WebSocketServer } from "ws";

export type NeonProxy = {
  /** Host and port, as `neonConfig.wsProxy` wants them. */
  address: string;
  stop: () => void;
};

/** Passes the bytes of each WebSocket on to the Postgres of `databaseUrl` and back, as Neon's own proxy does. */
export async function startNeonProxy(databaseUrl: string): Promise<NeonProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  server.on("connection", (socket) => {
    const client = createWebSocketStream(socket);
    const postgres = connect(Number(port || 5432), hostname);
    // Either side may go at any time, as connections do: the other one is closed too.
    pipeline(client, postgres, client, () => {});
  });
  await once(server, "listening");
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { address, stop: () => server.close() };
}
