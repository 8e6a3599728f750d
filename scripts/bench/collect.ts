import type { BenchProduct } from "./bench-product";
import { company, measureBeside } from "./beside";
import { measureFailing } from "./failing";
import { type Latency, measureLatency, type Sender } from "./latency";
import { measureNeighbour } from "./neighbour";
import type { Receiver } from "./receiver";
import type { Report } from "./report";
import { measureThroughput } from "./throughput";

export type Measured<Product = BenchProduct> = {
  product: Product;
  receiver: Receiver;
  database: string;
  engine: string;
};

type OnEmbedded = Omit<Measured, "engine">;

export type Collector = {
  report: Report;
  /** What can be reached at most, by database, or by engine where that has one of its own. */
  ceilings: Record<string, number>;
  addRun: (options: Measured & { webhooksPerEvent: number; deliveries: number }) => Promise<void>;
  addLatency: (options: Measured<Sender> & { ratePerSecond: number; seconds: number }) => Promise<void>;
  addNeighbour: (options: OnEmbedded & { seconds: number }) => Promise<void>;
  addFailing: (options: OnEmbedded) => Promise<void>;
  addCompany: (options: Measured & { ratePerSecond: number; seconds: number }) => Promise<void>;
};

/** Measures into one report, and says each figure as soon as it is known. */
export function createCollector(say: (line: string) => void): Collector {
  const ceilings: Record<string, number> = {};
  const report: Report = {
    raw_ceiling_per_s: 0,
    runs: [],
    latency: [],
    neighbour: [],
    failing: [],
    company: [],
    peak_rss_mb: 0,
  };

  return {
    report,
    ceilings,
    addRun: async (options) => {
      const { database, engine, webhooksPerEvent } = options;
      const rate = Math.round(await measureThroughput(options));
      const ceiling = ceilings[engine] ?? ceilings[database] ?? 0;
      report.runs.push({
        database,
        engine,
        webhooks_per_event: webhooksPerEvent,
        deliveries_per_s: rate,
        ceiling_ratio: Math.round((rate / ceiling) * 1000) / 1000,
      });
      say(`${database}, ${engine}: ${rate} deliveries/s with ${webhooksPerEvent} webhooks an event`);
    },
    addLatency: async (options) => {
      const { database, engine, ratePerSecond } = options;
      const latency = await measureLatency(options);
      report.latency.push({ database, engine, rate_per_s: ratePerSecond, ...inMs(latency) });
      say(`${database}, ${engine}: p50, p95 ${latency.p50}, ${latency.p95} ms at ${ratePerSecond} events/s`);
    },
    addNeighbour: async (options) => {
      const { database } = options;
      const { aloneMs, besideHungMs, besideDownMs } = await measureNeighbour(options);
      report.neighbour.push({
        database,
        p95_ms_alone: aloneMs,
        p95_ms_beside_hung: besideHungMs,
        p95_ms_beside_down: besideDownMs,
      });
      say(
        `${database}: healthy p95 ${aloneMs} ms alone, ${besideHungMs} ms beside one that hangs, ` +
          `${besideDownMs} ms beside one that is down`,
      );
    },
    addFailing: async ({ product, receiver, database }) => {
      const unordered = await measureFailing({ product, receiver, ordered: false });
      const ordered = await measureFailing({ product, receiver, ordered: true });
      report.failing.push({ database, ordered_per_s: ordered, unordered_per_s: unordered });
      say(
        `${database}: ${ordered} deliveries/s order by order while a third fails, ${unordered} without an order`,
      );
    },
    addCompany: async (options) => {
      const { database, engine, ratePerSecond, receiver } = options;
      for (const [beside, others] of Object.entries(company(receiver))) {
        const latency = await measureBeside({ ...options, others });
        report.company.push({ database, engine, rate_per_s: ratePerSecond, beside, ...inMs(latency) });
        say(
          `${engine}: a healthy one's p50, p95 ${latency.p50}, ${latency.p95} ms at ${ratePerSecond}/s ${beside}`,
        );
      }
    },
  };
}

function inMs({ p50, p95, p99 }: Latency): { p50_ms: number; p95_ms: number; p99_ms: number } {
  return { p50_ms: p50, p95_ms: p95, p99_ms: p99 };
}
