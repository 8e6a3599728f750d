import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { type Api, createApi } from "@/e2e/support/api";
import { ACCESS, startProduct } from "@/e2e/support/product";
import { SAMPLE_ORDER } from "@/lib/orders/sample";

export type NewWebhook = { url: string; fields?: Record<string, unknown> };

export type BenchProduct = {
  url: string;
  /** POSTs order events to the intake; resolves with the time of the answer, in ms since 1970. */
  send: (events: unknown[]) => Promise<number>;
  /** Adds webhooks and switches the ones before off, whose log stays: deleting it would be work beside what is measured. */
  setWebhooks: (webhooks: NewWebhook[]) => Promise<void>;
  /** How many requests the webhooks have had, once the log has them. */
  totalSent: () => Promise<number>;
  rssMb: () => number;
  stop: () => Promise<void>;
};

const SAMPLE_RSS_MS = 250;

/** Starts the production build as users do, over HTTP from a process of its own. */
export async function startBenchProduct(options: {
  dataDir: string;
  env: Record<string, string>;
}): Promise<BenchProduct> {
  const product = await startProduct(options);
  const api = createApi({ url: product.url, token: ACCESS.apiToken });
  const pool = new Pool(product.url, { connections: 32, pipelining: 1 });
  let peakMb = 0;
  const sampling = setInterval(() => {
    peakMb = Math.max(peakMb, residentMb(product.pid));
  }, SAMPLE_RSS_MS);

  return {
    url: product.url,
    send: async (events) => {
      const response = await pool.request({
        path: `/e/${ACCESS.eventKey}`,
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(events),
      });
      const answeredAt = performance.timeOrigin + performance.now();
      const answer = await response.body.text();
      if (response.statusCode !== 200)
        throw new Error(`The intake answered ${response.statusCode}: ${answer}`);
      return answeredAt;
    },
    setWebhooks: async (webhooks) => {
      for (const { id } of await list(api)) await api.put(`/outgoing-webhooks/${id}`, { is_active: false });
      for (const [index, { url, fields }] of webhooks.entries()) {
        const webhook = { name: `bench ${index + 1}`, webhook_url: url, ...fields };
        const { status, body } = await api.post("/outgoing-webhooks", webhook);
        if (status !== 201) throw new Error(`A webhook was refused: ${JSON.stringify(body)}`);
      }
    },
    totalSent: async () => (await list(api)).reduce((sum, webhook) => sum + webhook.total_sent, 0),
    rssMb: () => Math.max(peakMb, residentMb(product.pid)),
    stop: async () => {
      clearInterval(sampling);
      await pool.close();
      await product.stop();
    },
  };
}

async function list(api: Api): Promise<{ id: number; total_sent: number }[]> {
  const { body } = await api.get("/outgoing-webhooks");
  return body as { id: number; total_sent: number }[];
}

let counter = 0;

/** New order events of about 1.5 KB each, with ids that no other run of the bench has. */
export function makeEvents(count: number, name = "order.created"): BenchEvent[] {
  return Array.from({ length: count }, () => {
    counter += 1;
    const orderId = `bench-${process.pid}-${counter}`;
    const order = { ...SAMPLE_ORDER, id: counter, external_order_id: orderId };
    return { id: orderId, name, data: { order } };
  });
}

export type BenchEvent = { id: string; name: string; data: { order: { external_order_id: string } } };

/** Waits until `isTrue`; throws after `withinMs`. */
export async function waitUntil(
  what: string,
  withinMs: number,
  isTrue: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited ${withinMs / 1000} s for ${what}.`);
    await sleep(50);
  }
}

function residentMb(pid: number): number {
  const status = `/proc/${pid}/status`;
  const kib = existsSync(status)
    ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, "utf8"))?.[1]
    : spawnSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return Math.round(Number(kib ?? 0) / 1024);
}
