import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

/** A port nobody listens on: the first free one from `from` upwards, or any. */
export async function freePort(from?: number): Promise<number> {
  for (let port = from ?? 0; port <= 65_535; port += 1) {
    const free = await tryPort(port);
    if (free) return free;
  }
  throw new Error(`There is no free port from ${from} upwards.`);
}

// Every address is asked for: one free on loopback alone may still be taken on 0.0.0.0.
async function tryPort(port: number): Promise<number | null> {
  const server = createServer().listen(port, "0.0.0.0");
  try {
    await once(server, "listening");
  } catch {
    return null;
  }
  const taken = (server.address() as AddressInfo).port;
  server.close();
  await once(server, "close");
  return taken;
}
