import { expect, test } from "@playwright/test";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, startReceiver } from "@/lib/outbound/testing/receiver";
import { createApi, sendEvents } from "./support/api";
import { type Clock, makeClock } from "./support/clock";
import { figure, IS_SOAK } from "./support/figures";
import { arrivedIds, expectInOrder, ordersOf } from "./support/order-lines";
import { ACCESS, type Product, startProduct } from "./support/product";
import { makeStage, STAGES, type Stage } from "./support/stage";
import { created } from "./support/test";

// Each probe takes as long as the engine needs to look at the clock again, a quarter of a minute: one of them, or ten
// minutes with 2,000 events in the soak.
const ORDERS = IS_SOAK ? 500 : 50;
const WAITING = ORDERS * 4;
const MINUTES = IS_SOAK ? [2, 6, 10] : [2];
const REQUESTS_AT_ONCE = 8;

test.describe.configure({ mode: "parallel" });

const PLACES = [
  ...STAGES.map((name) => ({ name, processes: 1 })),
  { name: "Postgres" as const, processes: 2 },
];

// But for one place in the soak.
for (const { name, processes } of IS_SOAK ? PLACES : PLACES.slice(0, 1)) {
  test.describe(`${name}, processes: ${processes}`, () => {
    let stage: Stage;
    let clock: Clock;
    let receiver: Receiver;
    let product: Product | undefined;
    let standby: Product | undefined;

    test.beforeEach(async () => {
      stage = await makeStage(name);
      clock = await makeClock(stage.dataDir);
      receiver = await startReceiver();
    });
    test.afterEach(async () => {
      await product?.kill();
      await standby?.kill();
      standby = undefined;
      await receiver?.close();
      await stage?.remove();
    });

    test(`a receiver that is away for ${MINUTES.at(-1)} minutes while ${WAITING} events wait gets one request a probe, and then all in order`, async () => {
      test.setTimeout(name === "Inngest" ? 600_000 : 240_000);
      const env = { ...clock.env, METRICS_TOKEN: "e2e-metrics-token" };
      product = await stage.start(env);
      if (processes === 2) {
        standby = await startProduct({ dataDir: stage.dataDir, env: { ...stage.env, ...env } });
      }
      const api = createApi({ url: product.url, token: ACCESS.apiToken });
      receiver.always(answer(502));
      const fields = { retry_count: 0, give_up_after_minutes: 60 };
      created(
        await api.post("/outgoing-webhooks", { name: "crm", webhook_url: `${receiver.url}/crm`, ...fields }),
      );
      const events = ordersOf({ orders: ORDERS });
      for (let first = 0; first < events.length; first += 500) {
        const part = events.slice(first, first + 500);
        const taker = (first / 500) % 2 === 1 && standby ? standby : product;
        expect((await sendEvents({ ...taker, eventKey: ACCESS.eventKey, events: part })).status).toBe(200);
      }
      await expect.poll(() => metric("webhook_down"), { timeout: 60_000 }).toBe(1);
      // Those that were under way when it went down.
      expect(receiver.requests.length).toBeLessThanOrEqual(REQUESTS_AT_ONCE);

      const probed: string[] = [];
      for (const minutes of MINUTES) {
        const before = receiver.requests.length;
        await clock.set(`+${minutes}m`);
        await receiver.waitFor(before + 1);
        const failures = receiver.requests.length;
        await expect.poll(() => metric("attempts_total"), { timeout: 60_000 }).toBe(failures);
        expect(receiver.requests.length, "requests of a probe").toBe(before + 1);
        probed.push(receiver.requests.at(-1)?.body ?? "");
        if (standby) {
          await product.kill();
          product = standby;
          standby = undefined;
        }
      }
      expect(probed.every((body) => body.includes('"1-1"'))).toBe(true);

      const before = receiver.requests.length;
      receiver.always(answer(200));
      await clock.set("+16m");
      const startedAt = Date.now();
      await receiver.waitFor(before + WAITING);
      const drained = receiver.requests.slice(before);
      const tookMs = Date.now() - (drained[0]?.receivedAt.getTime() ?? startedAt);
      expect(drained).toHaveLength(WAITING);
      const arrived = arrivedIds(drained);
      expect(arrived.size).toBe(WAITING);
      expectInOrder(arrived);
      expect(await metric("webhook_down")).toBe(0);
      figure(
        `${name}, ${processes === 2 ? "two processes, the active one killed, " : ""}away for ${MINUTES.at(-1)} minutes: ${WAITING} waited, 0 lost, ${MINUTES.length} probes of one request each, ` +
          `drained in order in ${(tookMs / 1_000).toFixed(1)} s`,
      );
    });

    /** The sum of a metric of the product's over all its labels. */
    async function metric(metricName: string): Promise<number> {
      const answered = await fetch(`${product?.url}/api/metrics`, {
        headers: { authorization: "Bearer e2e-metrics-token" },
      });
      const lines = (await answered.text()).matchAll(
        new RegExp(`^iiko_webhooks_${metricName}(?:\\{.*\\})? (\\S+)$`, "gm"),
      );
      return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
    }
  });
}
