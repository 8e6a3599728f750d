import { ACCESS } from "@/e2e/support/product";
import { signIn } from "@/e2e/support/session";
import type { BenchProduct } from "./bench-product";
import { percentile, tenth } from "./statistics";

// The last page of a long log, each filter alone and some together, what finds nothing among them.
const ADDRESSES = [
  "/logs",
  "/logs?before=1000",
  "/logs?before=500000",
  "/logs?status=failed",
  "/logs?status=success",
  "/logs?webhook=1",
  "/logs?webhook=1&status=failed",
  "/logs?webhook=1&status=failed&before=300000",
  "/logs?event=order.created",
  "/logs?event=order.cancelled&status=failed",
  "/logs?webhook=1&event=order.updated&status=failed",
  "/logs?event=test",
  "/logs?order=nothing-like-it",
  "/logs?order=%23123",
  "/logs?period=hour",
  "/logs?period=week&status=failed",
  "/logs?until=2020-01-01T00:00:00Z",
];
const TIMES = 9;

export type LogPages = { slowestMedianMs: number; slowestMs: number; slowestAddress: string };

/** How long pages of the log take, to the last byte of their HTML: each address ten times, the first not counted. */
export async function measureLogPages(product: BenchProduct): Promise<LogPages> {
  const { adminEmail: email, adminPassword: password } = ACCESS;
  const { cookie } = await signIn({ url: product.url, email, password });
  const medians: { address: string; ms: number }[] = [];
  let slowestMs = 0;
  for (const address of ADDRESSES) {
    await get({ product, address, cookie });
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) times.push(await get({ product, address, cookie }));
    times.sort((a, b) => a - b);
    slowestMs = Math.max(slowestMs, times.at(-1) ?? 0);
    medians.push({ address, ms: percentile(times, 0.5) });
  }
  const slowest = medians.reduce((a, b) => (b.ms > a.ms ? b : a));
  return { slowestMedianMs: tenth(slowest.ms), slowestMs: tenth(slowestMs), slowestAddress: slowest.address };
}

async function get(options: { product: BenchProduct; address: string; cookie: string }): Promise<number> {
  const { product, address, cookie } = options;
  const startedAt = performance.now();
  const answer = await fetch(product.url + address, { headers: { cookie } });
  const html = await answer.text();
  if (answer.status !== 200 || !html.includes("</html>")) {
    throw new Error(`${address} answered ${answer.status}`);
  }
  return performance.now() - startedAt;
}
