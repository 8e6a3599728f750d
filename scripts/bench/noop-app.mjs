// The bench's no-op app for Inngest, in a process of its own: one function without a step that makes one request. What
// it reaches is what the server beside it can do at all. Plain JavaScript, as the receiver is.
import http from "node:http";
import { Inngest } from "inngest";
import { serve } from "inngest/node";

const [inngestUrl, receiverUrl] = process.argv.slice(2);
const client = new Inngest({ id: "bench-no-op", isDev: true, baseUrl: inngestUrl });
const deliver = client.createFunction(
  { id: "no-op", triggers: [{ event: "bench/no-op.requested" }] },
  async ({ event }) => {
    const answer = await fetch(receiverUrl, {
      method: "POST",
      body: JSON.stringify({ orderExternalId: event.data.id }),
    });
    await answer.arrayBuffer();
  },
);

const server = http.createServer(serve({ client, functions: [deliver] }));
process.on("disconnect", () => process.exit());
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/api/inngest`;
  const answer = await fetch(url, { method: "PUT" });
  process.send(answer.ok ? "registered" : `not registered: ${await answer.text()}`);
});
