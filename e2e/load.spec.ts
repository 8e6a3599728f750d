import { expect, test } from "@playwright/test";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, sendEvents } from "./support/api";
import { DATABASES, makeDatabase } from "./support/database";
import { figure, IS_SOAK, residentMiB, watchMemory } from "./support/figures";
import { freePort } from "./support/free-port";
import { makeEvent } from "./support/orders";
import { ACCESS, startProduct } from "./support/product";
import { signIn } from "./support/session";
import { created } from "./support/test";

const EVENTS = Number(process.env.LOAD_EVENTS ?? (IS_SOAK ? 50_000 : 500));
const WORKING = 9;
const BATCH = 500;
const MEMORY_ROOM_MIB = 700;
const WITHIN_MS = IS_SOAK ? 1_200_000 : 60_000;

for (const name of DATABASES) {
  test(`${name}: ${EVENTS} events in a burst, 10 webhooks, one of them dead: accepted at once, delivered once each, memory bounded, the panel and the API answer meanwhile`, async () => {
    test.setTimeout(WITHIN_MS + 120_000);
    const database = await makeDatabase(name);
    const counts = new Map<string, number>();
    const receiver = await startReceiver();
    receiver.always(countingInto({ counts, receiver }));
    const product = await startProduct({ dataDir: database.dataDir, env: database.env });
    try {
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      await addWebhooks({ api, receiver });
      const { cookie } = await signIn({ url: product.url });
      const before = residentMiB(product.pid);
      const memory = watchMemory(product.pid);
      const startedAt = performance.now();
      for (let sent = 0; sent < EVENTS; sent += BATCH) {
        const events = Array.from({ length: BATCH }, () => makeEvent());
        const { status } = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events });
        expect(status).toBe(200);
      }
      const acceptedMs = performance.now() - startedAt;
      const answersMs = await askUntilDelivered({ url: product.url, api, cookie, counts });
      const deliveredMs = performance.now() - startedAt;
      const peak = memory.stop();
      for (let index = 0; index < WORKING; index += 1) expect(counts.get(`/works-${index}`)).toBe(EVENTS);
      if (before !== null && peak !== null) expect(peak - before).toBeLessThan(MEMORY_ROOM_MIB);
      figure(
        `${name}, ${EVENTS} events × 10 webhooks: accepted in ${seconds(acceptedMs)} ` +
          `(${perSecond(EVENTS, acceptedMs)} events/s), ${EVENTS * WORKING} delivered in ${seconds(deliveredMs)} ` +
          `(${perSecond(EVENTS * WORKING, deliveredMs)}/s), memory ${before} → at most ${peak} MiB; ` +
          `${answersMs.length} pages and API calls meanwhile, median ${median(answersMs)} ms, slowest ${Math.round(Math.max(...answersMs))} ms`,
      );
    } finally {
      await product.kill();
      await receiver.close();
      await database.remove();
    }
  });
}

type Asking = { url: string; api: Api; cookie: string; counts: Map<string, number> };

/** Reads the panel and the API again and again until all is delivered; returns how long each answer took. */
async function askUntilDelivered({ url, api, cookie, counts }: Asking): Promise<number[]> {
  const tookMs: number[] = [];
  const timed = async (ask: () => Promise<{ status: number }>) => {
    const startedAt = performance.now();
    expect((await ask()).status).toBe(200);
    tookMs.push(performance.now() - startedAt);
  };
  const delivered = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
  const deadline = Date.now() + WITHIN_MS;
  do {
    await timed(() => api.get("/outgoing-webhooks"));
    await timed(() => api.get("/outgoing-webhook-logs?success=false&limit=50"));
    for (const page of ["webhooks", "logs", "orders"]) {
      await timed(async () => {
        const answer = await fetch(`${url}/${page}`, { headers: { cookie } });
        await answer.text();
        return answer;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (delivered() < EVENTS * WORKING && Date.now() < deadline);
  expect(delivered()).toBe(EVENTS * WORKING);
  return tookMs;
}

async function addWebhooks({ api, receiver }: { api: Api; receiver: Receiver }): Promise<void> {
  for (let index = 0; index < WORKING; index += 1) {
    created(
      await api.post("/outgoing-webhooks", {
        name: `works ${index}`,
        webhook_url: `${receiver.url}/works-${index}`,
      }),
    );
  }
  const dead = {
    name: "dead",
    webhook_url: `http://127.0.0.1:${await freePort()}/`,
    retry_count: 1,
    retry_delay_seconds: 1,
  };
  created(await api.post("/outgoing-webhooks", dead));
}

type Counting = { counts: Map<string, number>; receiver: Receiver };

// Half a million requests are counted, not kept.
function countingInto({ counts, receiver }: Counting): Parameters<Receiver["always"]>[0] {
  return (response, request) => {
    receiver.requests.length = 0;
    counts.set(request.path, (counts.get(request.path) ?? 0) + 1);
    response.writeHead(200).end();
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function perSecond(count: number, ms: number): number {
  return Math.round((count / ms) * 1000);
}

function median(numbers: number[]): number {
  return Math.round([...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0);
}
