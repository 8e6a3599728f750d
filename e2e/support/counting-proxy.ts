import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export type CountingProxy = {
  url: string;
  /** Method and path with query of every request so far. */
  calls: string[];
  close: () => void;
};

/** Hands every request on to a server on loopback, and notes it. */
export async function startCountingProxy(targetPort: number): Promise<CountingProxy> {
  const calls: string[] = [];
  const server = http.createServer((request, response) => {
    const { method, url, headers } = request;
    calls.push(`${method} ${url}`);
    const onward = http.request(
      { host: "127.0.0.1", port: targetPort, method, path: url, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
