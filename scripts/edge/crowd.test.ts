import { EventEmitter, once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createCrowd } from "./crowd.mjs";

type Asked = { path?: string; method?: string; as?: string; headers?: Record<string, string> };

let server: http.Server;
let asked: EventEmitter;
/** Who was let through, in that order, and how to answer them. */
let admitted: { who: string; headers: http.IncomingHttpHeaders; answer: (status?: number) => void }[];
let noticed: () => void;

beforeEach(async () => {
  // What an earlier test left behind goes on in that one's.
  const own: typeof admitted = [];
  admitted = own;
  noticed = () => {};
  asked = new EventEmitter().setMaxListeners(0);
  const crowd = createCrowd({
    appUrl: "https://hooks.example",
    // `familiar:192.0.2.1` in a header of the test's own.
    visitorOf: ({ headers }: http.IncomingMessage) => {
      const [rank = "", address = ""] = String(headers["x-as"]).split(":");
      return { rank, address };
    },
  });
  server = http.createServer((request, response) => {
    const go = () => {
      const answer = (status = 200) => response.writeHead(status).end();
      const { headers } = request;
      own.push({ who: String(headers["x-as"]), headers, answer });
      noticed();
    };
    crowd.admit({ request, response, go });
    asked.emit(String(request.headers["x-as"]));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask({ path = "/", method = "GET", as = "stranger:192.0.2.1", headers = {} }: Asked = {}) {
  const isThere = once(asked, as);
  const { port } = server.address() as AddressInfo;
  const signal = new AbortController();
  const answer = fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, "x-as": as },
    signal: signal.signal,
  });
  answer.catch(() => {});
  return { answer, isThere, giveUp: () => signal.abort() };
}

/** As soon as so many were let through. */
async function until(count: number): Promise<string[]> {
  while (admitted.length < count) {
    await new Promise<void>((resolve) => {
      noticed = resolve;
    });
  }
  return admitted.map(({ who }) => who);
}

test("many small ones, one after another, get rests as well", async () => {
  const startedAt = performance.now();
  for (let n = 1; n <= 60; n += 1) {
    const { answer } = ask({ as: `stranger:192.0.2.${n}` });
    await until(n);
    admitted[n - 1]?.answer();
    await (await answer).text();
  }
  // 60 rests of 10 ms, 300 ms of which may be owed.
  expect(performance.now() - startedAt).toBeGreaterThan(290);
});

test("two go on at once, and each that ends lets the next in: who is familiar first", async () => {
  ask({ as: "stranger:192.0.2.1" });
  ask({ as: "stranger:192.0.2.2" });
  await until(2);
  await waits(ask({ as: "stranger:192.0.2.3" }));
  await waits(ask({ as: "familiar:192.0.2.4" }));
  expect(await until(2)).toHaveLength(2);
  admitted[0]?.answer();
  expect((await until(3))[2]).toBe("familiar:192.0.2.4");
  admitted[1]?.answer();
  expect((await until(4))[3]).toBe("stranger:192.0.2.3");
});

test("who has shown a key waits for no stranger, and is never refused", async () => {
  for (let n = 1; n <= 9; n += 1) ask({ as: `stranger:192.0.2.${n}` });
  await until(2);
  const asked = Array.from({ length: 100 }, () => ask({ as: "trusted:192.0.2.1" }).answer);
  expect((await until(3))[2]).toBe("trusted:192.0.2.1");
  for (let n = 3; n <= 102; n += 1) {
    await until(n);
    admitted[n - 1]?.answer();
  }
  expect((await Promise.all(asked)).every(({ status }) => status === 200)).toBe(true);
});

test("what a request that went on asks the server itself does not wait, and nobody else can say so", async () => {
  ask();
  ask();
  await until(2);
  const passed = { "x-admitted": String(admitted[0]?.headers["x-admitted"]) };
  await waits(ask({ as: "stranger:192.0.2.2", headers: { "x-admitted": "1" } }));
  ask({ as: "inner:192.0.2.1", headers: passed });
  expect((await until(3))[2]).toBe("inner:192.0.2.1");
});

test("the engine passes at once", async () => {
  for (let n = 1; n <= 20; n += 1) ask({ as: "engine:192.0.2.1" });
  expect(await until(20)).toHaveLength(20);
});

test("what is written holds up no page", async () => {
  for (let n = 1; n <= 9; n += 1) ask({ method: "POST", as: `stranger:192.0.2.${n}` });
  await until(2);
  ask({ as: "stranger:192.0.2.50" });
  expect((await until(3))[2]).toBe("stranger:192.0.2.50");
});

test("one that dawdles makes room", async () => {
  for (let n = 1; n <= 3; n += 1) ask({ as: `stranger:192.0.2.${n}` });
  expect(await until(3)).toHaveLength(3);
});

test("who gives up waiting leaves the place to the next", async () => {
  ask();
  ask();
  await until(2);
  const gone = ask({ as: "stranger:192.0.2.8" });
  await waits(gone);
  gone.giveUp();
  await waits(ask({ as: "stranger:192.0.2.9" }));
  admitted[0]?.answer();
  expect((await until(3))[2]).toBe("stranger:192.0.2.9");
});

test("an address has so many waiting at most, and others are taken still", async () => {
  const asked = Array.from({ length: 2 + 64 + 1 }, () => ask().answer);
  const refused = await Promise.race(asked);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "5"]);
  await waits(ask({ as: "familiar:192.0.2.2" }));
  admitted[0]?.answer();
  expect((await until(3))[2]).toBe("familiar:192.0.2.2");
});

test("an address that was answered 429 thirty times is not asked again for a while", async () => {
  let refused: Response | undefined;
  for (let n = 1; !refused; n += 1) {
    const { answer } = ask({ as: "familiar:192.0.2.1" });
    const came = await Promise.race([answer, until(n)]);
    if (came instanceof Response) refused = came;
    else admitted.at(-1)?.answer(429);
    await (await answer).text();
  }
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([
    429,
    expect.stringMatching(/^[12]$/),
  ]);
  const asked = admitted.length;
  expect(asked).toBeGreaterThanOrEqual(30);
  ask({ as: "trusted:192.0.2.1" });
  ask({ as: "stranger:192.0.2.2" });
  const others = (await until(asked + 2)).slice(asked);
  expect(others.sort()).toEqual(["stranger:192.0.2.2", "trusted:192.0.2.1"]);
});

describe("a refusal", () => {
  const PLAIN = "Слишком много попыток. Попробуйте снова через 5 с.\nToo many tries. Try again in 5 s.";
  test.each([
    ["a page", { path: "/sign-in" }, "text/plain; charset=utf-8", PLAIN],
    ["a save in the panel", { path: "/webhooks", headers: { "next-action": "1" } }, "text/plain", PLAIN],
    [
      "the API",
      { path: "/api/v1/x" },
      "application/problem+json",
      '"detail":"Too many tries. Try again in 5 s."',
    ],
    [
      "the sign-in page's script",
      { path: "/api/auth/callback/credentials?x" },
      "application/problem+json",
      '"url":"https://hooks.example/sign-in?error=rate_limited%205"',
    ],
  ])("is read by %s", async (_who, asked, type, words) => {
    const refused = await Promise.race(Array.from({ length: 67 }, () => ask(asked).answer));
    expect(refused.headers.get("content-type")).toBe(type);
    expect(await refused.text()).toContain(words);
  });
});

/** As soon as the server has it. */
async function waits({ isThere }: { isThere: Promise<unknown> }): Promise<void> {
  await isThere;
}
