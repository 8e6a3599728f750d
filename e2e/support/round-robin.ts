import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A load balancer on loopback that hands each request to the next of `targets`, which may be added to later. */
export async function startRoundRobin(targets: string[]): Promise<{ url: string; close: () => void }> {
  let turn = 0;
  const server = http.createServer((request, response) => {
    const target = targets[turn++ % targets.length];
    if (!target) return response.writeHead(503).end();
    const { method = "GET", headers } = request;
    const onward = http.request(`${target}${request.url}`, { method, headers }, (answer) => {
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
