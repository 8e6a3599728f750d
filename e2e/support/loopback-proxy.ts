import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export type LoopbackProxy = { url: string; close: () => void };
type Choice = (request: { method: string; url: string }) => string | undefined;

/** Hands each request on to the server that `choose` names, a URL without a path; answers 503 where it names none. */
async function startLoopbackProxy(choose: Choice): Promise<LoopbackProxy> {
  const server = http.createServer((request, response) => {
    const { method = "GET", url = "/", headers } = request;
    const target = choose({ method, url });
    if (!target) return response.writeHead(503).end();
    const onward = http.request(`${target}${url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A load balancer that hands each request to the next of `targets`, which may be added to later. */
export function startRoundRobin(targets: string[]): Promise<LoopbackProxy> {
  let turn = 0;
  return startLoopbackProxy(() => targets[turn++ % targets.length]);
}

/** Before a server on loopback; `calls` are method and path with query of every request so far. */
export async function startCountingProxy(targetPort: number): Promise<LoopbackProxy & { calls: string[] }> {
  const calls: string[] = [];
  const proxy = await startLoopbackProxy(({ method, url }) => {
    calls.push(`${method} ${url}`);
    return `http://127.0.0.1:${targetPort}`;
  });
  return { ...proxy, calls };
}
