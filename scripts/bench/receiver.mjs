// The bench's receiver, in a process of its own: plain JavaScript, so that nothing is compiled beside what is
// measured. `/hang…` is never answered. With `times`, it notes when each order arrived, by orderExternalId.
import http from "node:http";

const KEY = '"orderExternalId":"';
let received = 0;
let arrivals = null;

const server = http.createServer((request, response) => {
  if (request.url.startsWith("/hang")) return request.resume();
  const chunks = [];
  request.on("data", (chunk) => arrivals && chunks.push(chunk));
  request.on("end", () => {
    received += 1;
    if (arrivals) arrivals.push([orderOf(Buffer.concat(chunks)), performance.timeOrigin + performance.now()]);
    response.end("ok");
  });
});

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
