// The bench's receiver, in a process of its own: plain JavaScript, so that nothing is compiled beside what is
// measured. `/hang…` is never answered, `/away…` with 502; `/third…` answers 500 to a third of all requests, after a
// while, and counts the others only. With `times`, it notes when each order arrived, by orderExternalId.
import http from "node:http";

const KEY = '"orderExternalId":"';
const THIRD_AFTER_MS = 10;
let received = 0;
let arrivals = null;

const server = http.createServer((request, response) => {
  if (request.url.startsWith("/hang")) return request.resume();
  if (request.url.startsWith("/away")) return refuse({ request, response, status: 502 });
  if (request.url.startsWith("/third")) return answerTwoThirds({ request, response });
  const chunks = [];
  request.on("data", (chunk) => arrivals && chunks.push(chunk));
  request.on("end", () => {
    received += 1;
    if (arrivals) arrivals.push([orderOf(Buffer.concat(chunks)), performance.timeOrigin + performance.now()]);
    response.end("ok");
  });
});

function refuse({ request, response, status }) {
  request.resume();
  response.writeHead(status).end();
}

function answerTwoThirds({ request, response }) {
  request.resume();
  const isRefused = Math.random() < 1 / 3;
  setTimeout(() => {
    if (!isRefused) received += 1;
    response.writeHead(isRefused ? 500 : 200).end();
  }, THIRD_AFTER_MS);
}

function orderOf(body) {
  const from = body.indexOf(KEY) + KEY.length;
  return body.toString("latin1", from, body.indexOf('"', from));
}

process.on("message", (question) => {
  if (question === "count") process.send(received);
  if (question === "times") arrivals = [];
  if (question === "arrivals") {
    process.send(arrivals);
    arrivals = null;
  }
});
process.on("disconnect", () => process.exit());
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
