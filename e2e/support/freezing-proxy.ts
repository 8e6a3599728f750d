import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type FreezingProxy = {
  port: number;
  /** From now on nothing is passed on, and nobody is told: as behind a cable that was cut, or a stopped server. */
  freeze: () => void;
  /** New connections work; those from before stay silent, as a firewall that has forgotten them leaves them. */
  thaw: () => void;
  stop: () => void;
};

/** Passes bytes on to a port of loopback and back, until it is frozen. */
export async function startFreezingProxy(targetPort: number): Promise<FreezingProxy> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const server = createServer((client) => {
    const target = connect(targetPort, "127.0.0.1");
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("close", () => to.destroy());
      if (isFrozen) from.pause();
      else from.pipe(to);
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    thaw: () => {
      isFrozen = false;
    },
    stop: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
