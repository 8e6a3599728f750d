import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { answer, type Behaviour, hang } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { type Api, createApi, sendEvents } from "./support/api";
import { figure, IS_SOAK } from "./support/figures";
import { arrivedIds, EVENTS_AN_ORDER, expectInOrder, numberOf, ordersOf } from "./support/order-lines";
import { makeEvent, type TestEvent } from "./support/orders";
import { ACCESS, type Product } from "./support/product";
import { makeStage, STAGES, type Stage } from "./support/stage";
import { created, type Json } from "./support/test";

const ORDERS = 200;
// What keeping the order costs is measured in the soak.
const MOST_ROUNDS = IS_SOAK ? 8 : 0;
// Four events of each wait.
const KILLED = IS_SOAK ? 500 : 100;
const DRAIN_KILLS = IS_SOAK ? 4 : 1;
const WAITING = 10_000;
const PACED = 1_000;

// Each test has a product of its own, and waits for half of its time.
test.describe.configure({ mode: "parallel" });

for (const name of STAGES) {
  test.describe(name, () => {
    // An Inngest server on two busy cores makes some dozens of deliveries a second.
    const patience = name === "Inngest" ? 5 : 1;
    const rounds = name === "Inngest" ? Math.min(2, MOST_ROUNDS) : MOST_ROUNDS;
    let stage: Stage;
    let product: Product;
    let receiver: Receiver;
    let api: Api;

    test.beforeEach(async () => {
      stage = await makeStage(name);
      receiver = await startReceiver();
      await start();
    });
    test.afterEach(async () => {
      await product?.kill();
      await receiver?.close();
      await stage?.remove();
    });

    test("of 200 orders whose receiver fails a third of all requests, each arrives in its own order, under one id", async () => {
      test.setTimeout(patience * (240_000 + rounds * 30_000));
      receiver.always(failing({ share: 1 / 3 }));
      const id = await addWebhook({ name: "ordered", retry_count: 10 });
      await send(ordersOf({ orders: ORDERS }));
      await expect
        .poll(() => arrived("ordered").size, { timeout: patience * 60_000 })
        .toBe(ORDERS * EVENTS_AN_ORDER);
      expectInOrder(arrived("ordered"));
      if (rounds === 0) return;
      await api.delete(`/outgoing-webhooks/${id}`);

      // Of the databases the bench measures it while a third fail: it takes many more orders to keep them at work.
      const share = name === "Inngest" ? 1 / 3 : 0;
      const rates = { ordered: [] as number[], unordered: [] as number[] };
      // The first one warms it up.
      for (let round = 0; round <= rounds; round += 1) {
        for (const kind of ["ordered", "unordered"] as const) {
          const rate = await drainRate({ kind, share });
          if (round > 0) rates[kind].push(rate);
        }
      }
      const [ordered, unordered] = [Math.max(...rates.ordered), Math.max(...rates.unordered)];
      figure(
        `${name}, ${share === 0 ? "no request fails" : "a third of all requests fail"}: order by order ` +
          `${Math.round(ordered)} deliveries/s, without ${Math.round(unordered)} (${(ordered / unordered).toFixed(2)})`,
      );
    });

    test(`kill -9 during an outage and ${DRAIN_KILLS} times during the drain: nothing is lost, and each order keeps its order`, async () => {
      test.setTimeout(patience * 240_000);
      receiver.always(failing({ share: 1, status: 502 }));
      const id = await addWebhook({ name: "crm", retry_count: 0, give_up_after_minutes: 60 });
      await send(ordersOf({ orders: KILLED, events: 2 }));
      await expect.poll(() => failedRequests(id), { timeout: 60_000 }).toBeGreaterThan(0);
      await restart();
      await send(ordersOf({ orders: KILLED, events: 2, from: 3 }));
      await restart();
      const asked = receiver.requests.length;
      receiver.always(answer(200, { delayMs: 20 }));
      const waiting = KILLED * 4;
      for (let kill = 1; kill <= DRAIN_KILLS; kill += 1) {
        const some = (waiting * kill) / (DRAIN_KILLS + 2);
        await expect
          .poll(() => arrived("crm").size, { timeout: patience * 60_000, intervals: [20] })
          .toBeGreaterThan(some);
        await restart();
      }
      await expect.poll(() => arrived("crm").size, { timeout: patience * 120_000 }).toBe(waiting);
      expectInOrder(arrived("crm"));
      const repeats = receiver.requests.length - asked - waiting;
      figure(
        `${name}, kill -9 twice in an outage and ${DRAIN_KILLS} times in the drain: ${waiting} waited, 0 lost, ` +
          `${repeats} repeated`,
      );
    });

    test("receivers that are away or hang, with much waiting for them, do not slow a healthy one down", async () => {
      test.skip(name === "Inngest", "its bench measures this");
      test.skip(!IS_SOAK, "in the soak");
      test.setTimeout(300_000);
      receiver.always(byPath({ "/healthy": answer(200), "/away": answer(502), "/hangs": hang() }));
      await addWebhook({ name: "healthy", filter_statuses: ["OnWay"] });
      const before = await pacedLatencies();
      await addWebhook({ name: "away", retry_count: 0, give_up_after_minutes: 60 });
      await addWebhook({ name: "hangs", retry_count: 0, give_up_after_minutes: 60 });
      await send(Array.from({ length: WAITING }, () => makeEvent()));
      const beside = await pacedLatencies();
      figure(
        `${name}, beside two receivers with ${WAITING} waiting each: p95 ${p95(beside).toFixed(1)} ms, ` +
          `before ${p95(before).toFixed(1)} ms`,
      );
      expect(beside).toHaveLength(PACED);
    });

    async function start(): Promise<void> {
      product = await stage.start();
      api = createApi({ url: product.url, token: ACCESS.apiToken });
    }

    async function restart(): Promise<void> {
      await product.kill();
      await start();
    }

    async function addWebhook({ name: path, ...fields }: Json & { name: string }): Promise<number> {
      const usual = { name: path, webhook_url: `${receiver.url}/${path}`, retry_delay_seconds: 1 };
      return created(await api.post("/outgoing-webhooks", { ...usual, ...fields })).id;
    }

    async function send(events: TestEvent[]): Promise<void> {
      for (let first = 0; first < events.length; first += 500) {
        const part = events.slice(first, first + 500);
        const { status } = await sendEvents({ url: product.url, eventKey: ACCESS.eventKey, events: part });
        expect(status).toBe(200);
      }
    }

    async function failedRequests(id: number): Promise<number> {
      const { body } = await api.get(`/outgoing-webhooks/${id}`);
      return Number((body as Json).total_failed);
    }

    /**
     * How many deliveries a second get through, from the first event until there are nine of ten: the last ones wait for
     * their repeats alone, of an order those of one event after those of the other, and nothing is left to do meanwhile.
     */
    async function drainRate({ kind, share }: { kind: string; share: number }): Promise<number> {
      const takenAt: number[] = [];
      receiver.always(failing({ share, onTaken: () => takenAt.push(performance.now()) }));
      const id = await addWebhook({ name: kind, ordered: kind === "ordered", retry_count: 10 });
      const events = ordersOf({ orders: ORDERS });
      const startedAt = performance.now();
      await send(events);
      await expect
        .poll(() => takenAt.length, { timeout: patience * 60_000 })
        .toBeGreaterThanOrEqual(events.length);
      await api.delete(`/outgoing-webhooks/${id}`);
      receiver.requests.length = 0;
      const most = Math.floor(events.length * 0.9);
      return (most / ((takenAt[most - 1] ?? Number.NaN) - startedAt)) * 1_000;
    }

    /** Under which ids each event first came to a path and was answered with 200, by its number. */
    function arrived(path: string): Map<string, Set<unknown>> {
      return arrivedIds(receiver.requests.filter((one) => one.path === `/${path}` && !refused.has(one)));
    }

    async function pacedLatencies(): Promise<number[]> {
      const sentAt = new Map<string, number>();
      const seen = receiver.requests.length;
      for (let n = 0; n < PACED; n += 1) {
        const event = makeEvent({ order: { status: "OnWay", readable_number: `p-${n}` } });
        sentAt.set(`p-${n}`, Date.now());
        await Promise.all([send([event]), sleep(10)]);
      }
      const came = () =>
        receiver.requests
          .slice(seen)
          .filter(({ path, body }) => path === "/healthy" && numberOf(body).startsWith("p-"));
      await expect.poll(() => came().length, { timeout: 60_000 }).toBe(PACED);
      return came().map(({ body, receivedAt }) => receivedAt.getTime() - (sentAt.get(numberOf(body)) ?? 0));
    }
  });
}

/** Requests that were not answered with 200. */
const refused = new WeakSet<object>();

type Failing = { share: number; status?: number; onTaken?: () => void };

function failing({ share, status = 500, onTaken = () => {} }: Failing): Behaviour {
  return (response, request) => {
    const isRefused = Math.random() < share;
    if (isRefused) refused.add(request);
    else onTaken();
    answer(isRefused ? status : 200)(response, request);
  };
}

function byPath(behaviours: Record<string, Behaviour>): Behaviour {
  return (response, request) => (behaviours[request.path] ?? answer(404))(response, request);
}

function p95(latencies: number[]): number {
  const sorted = [...latencies].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
}
