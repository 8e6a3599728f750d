import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boundConnections } from "./connections.mjs";

const MAX = 4;
let server: http.Server;
let clients: net.Socket[];

beforeEach(async () => {
  clients = [];
  server = http.createServer((request, response) => {
    if (request.url === "/answered") response.end("ok");
  });
  boundConnections(server, MAX);
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(() => {
  for (const client of clients) client.destroy();
  server.close();
});

/** Connects from an address of the loopback net, and resolves once the server has the connection. */
async function connect(localAddress: string): Promise<net.Socket> {
  const taken = once(server, "connection");
  const { port } = server.address() as AddressInfo;
  const client = net.connect({ port, host: "127.0.0.1", localAddress });
  client.on("error", () => {});
  clients.push(client);
  await taken;
  return client;
}

async function ask(client: net.Socket, path: string): Promise<void> {
  const asked = once(server, "request");
  client.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
  await asked;
}

test("who comes when all places are taken is let in, and who holds most of them loses the oldest", async () => {
  const greedy = [];
  for (let n = 0; n < MAX - 1; n += 1) greedy.push(await connect("127.0.9.1"));
  await connect("127.0.9.2");
  const lost = once(greedy[0] as net.Socket, "close");
  const honest = await connect("127.0.9.3");
  await lost;
  const answer = once(honest, "data");
  await ask(honest, "/answered");
  expect(String((await answer)[0])).toContain("200 OK");
  expect(clients.filter(({ closed }) => closed)).toEqual([greedy[0]]);
});

test("a connection with a request under way goes last", async () => {
  const working = await connect("127.0.9.1");
  await ask(working, "/waits");
  const answered = await connect("127.0.9.1");
  const answer = once(answered, "data");
  await ask(answered, "/answered");
  await answer;
  for (let n = 2; n < MAX; n += 1) await connect("127.0.9.1");
  const lost = once(answered, "close");
  await connect("127.0.9.2");
  await lost;
  expect(clients.filter(({ closed }) => closed)).toEqual([answered]);
});

test("where all have a request under way, the oldest of them goes", async () => {
  for (let n = 0; n < MAX; n += 1) await ask(await connect("127.0.9.1"), "/waits");
  const lost = once(clients[0] as net.Socket, "close");
  await connect("127.0.9.2");
  await lost;
  expect(clients.filter(({ closed }) => closed)).toEqual([clients[0]]);
});
