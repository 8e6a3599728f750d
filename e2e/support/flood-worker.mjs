import http from "node:http";
import { parentPort, workerData } from "node:worker_threads";

// A thread of its own: whoever measures the product meanwhile must not wait for the flood's own answers.
const { url, addresses, isForwarded, pauseMs, shots } = workerData;
const answers = {};
let lacksRetryAfter = 0;
let isOver = false;

parentPort.once("message", () => {
  isOver = true;
});
await Promise.all(Array.from({ length: addresses }, (_, index) => shootOn(index)));
parentPort.postMessage({ answers, lacksRetryAfter });

async function shootOn(index) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const shot = shots[index % shots.length];
  while (!isOver) {
    const { status, retryAfter } = await shoot({ agent, index, shot });
    answers[status] = (answers[status] ?? 0) + 1;
    if (status === 429 && retryAfter === undefined) lacksRetryAfter += 1;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  agent.destroy();
}

function shoot({ agent, index, shot }) {
  const body = shot.body?.replaceAll("{n}", String(index));
  const from = isForwarded
    ? { headers: { "x-forwarded-for": `198.51.100.${index}` } }
    : { localAddress: `127.0.77.${index + 1}` };
  const headers = { ...shot.headers, ...from.headers };
  if (body !== undefined) headers["content-length"] = Buffer.byteLength(body);
  return new Promise((resolve) => {
    const request = http.request(`${url}${shot.path}`, { agent, method: shot.method, ...from, headers });
    request.on("error", () => resolve({ status: "none" }));
    request.on("response", (response) => {
      response.resume();
      response.on("close", () =>
        resolve({ status: response.statusCode, retryAfter: response.headers["retry-after"] }),
      );
    });
    request.end(body);
  });
}
