import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetEnv } from "@/lib/env";
import { handOverUnmatched, waitingForInngest } from "./hand-over";

let told: string[];
/** Ends the wait of whoever was not answered yet, and of all that come later. */
let answerAll: () => void;
let inngest: http.Server;

beforeEach(async () => {
  told = [];
  const answered = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  inngest = http.createServer(async (request, response) => {
    const events = (await json(request)) as { id: string }[];
    await answered;
    told.push(...events.map(({ id }) => id));
    response.end(JSON.stringify({ ids: events.map(({ id }) => id), status: 200 }));
  });
  await once(inngest.listen(0, "127.0.0.1"), "listening");
  vi.stubEnv("INNGEST_DEV", `http://127.0.0.1:${(inngest.address() as AddressInfo).port}`);
});

afterEach(() => {
  vi.unstubAllEnvs();
  forgetEnv();
  inngest.close();
  inngest.closeAllConnections();
});

test("an Inngest that takes requests and never answers piles up 10,000 ids at the most; the sweep has the rest", async () => {
  for (let n = 0; n < 25_000; n += 1) {
    handOverUnmatched({ id: `hung-${n}`, name: "order.created" });
  }
  expect(waitingForInngest()).toBe(10_000);
  answerAll();
  await vi.waitFor(() => expect(waitingForInngest()).toBe(0), 10_000);
  expect(told).toHaveLength(10_000);
  expect(told[0]).toBe("hung-0");
  handOverUnmatched({ id: "later", name: "order.created" });
  await vi.waitFor(() => expect(told.at(-1)).toBe("later"));
});
