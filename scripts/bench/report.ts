import { readFileSync } from "node:fs";
import os from "node:os";

/** What the bench measured, in the shape of `--json`. */
export type Report = {
  raw_ceiling_per_s: number;
  runs: {
    database: string;
    engine: string;
    webhooks_per_event: number;
    deliveries_per_s: number;
    ceiling_ratio: number;
  }[];
  latency: {
    database: string;
    engine: string;
    rate_per_s: number;
    p50_ms: number;
    p95_ms: number;
    p99_ms: number;
  }[];
  neighbour: {
    database: string;
    p95_ms_alone: number;
    p95_ms_beside_hung: number;
    p95_ms_beside_down: number;
  }[];
  /** Through a receiver that fails a third of all requests. */
  failing: { database: string; ordered_per_s: number; unordered_per_s: number }[];
  /** A healthy webhook alone, and beside others that take the same events. */
  company: {
    database: string;
    engine: string;
    rate_per_s: number;
    beside: string;
    p50_ms: number;
    p95_ms: number;
    p99_ms: number;
  }[];
  peak_rss_mb: number;
};

export function printReport(report: Report, ceilings: Record<string, number>): void {
  const lines = [
    "",
    describeMachine(),
    "",
    "| database | engine | webhooks an event | deliveries/s | of the ceiling |",
    "| --- | --- | ---: | ---: | ---: |",
    ...Object.entries(ceilings).map(([name, perSecond]) =>
      name === "inngest"
        ? `| | no-op app on Inngest | 1 | ${perSecond} | 100 % |`
        : `| ${name} | raw ceiling | | ${perSecond} | 100 % |`,
    ),
    ...report.runs.map(
      (run) =>
        `| ${run.database} | ${run.engine} | ${run.webhooks_per_event} | ${run.deliveries_per_s} | ${Math.round(run.ceiling_ratio * 100)} % |`,
    ),
    "",
    "| database | engine | events/s | p50 ms | p95 ms | p99 ms |",
    "| --- | --- | ---: | ---: | ---: | ---: |",
    ...report.latency.map(
      (row) =>
        `| ${row.database} | ${row.engine} | ${row.rate_per_s} | ${row.p50_ms} | ${row.p95_ms} | ${row.p99_ms} |`,
    ),
    "",
    "| database | a healthy webhook's p95 at 200 events/s, alone | beside one that hangs, 10,000 pending | beside one that is down, 10,000 waiting |",
    "| --- | ---: | ---: | ---: |",
    ...report.neighbour.map(
      (row) =>
        `| ${row.database} | ${row.p95_ms_alone} ms | ${row.p95_ms_beside_hung} ms | ${row.p95_ms_beside_down} ms |`,
    ),
    "",
    "| database | a third of all requests fails: deliveries/s, order by order | without an order to keep | ratio |",
    "| --- | ---: | ---: | ---: |",
    ...report.failing.map(
      ({ database, ordered_per_s: ordered, unordered_per_s: unordered }) =>
        `| ${database} | ${ordered} | ${unordered} | ${(ordered / unordered).toFixed(2)} |`,
    ),
    "",
    "| engine | events/s | a healthy webhook | p50 ms | p95 ms | p99 ms |",
    "| --- | ---: | --- | ---: | ---: | ---: |",
    ...report.company.map(
      (row) =>
        `| ${row.engine} | ${row.rate_per_s} | ${row.beside} | ${row.p50_ms} | ${row.p95_ms} | ${row.p99_ms} |`,
    ),
    "",
    `Peak memory of the product: ${report.peak_rss_mb} MB.`,
    "",
  ];
  process.stdout.write(lines.join("\n"));
}

/** Processors, memory, versions and what else the machine was doing. */
export function describeMachine(): string {
  const cpus = os.cpus();
  const load = os.loadavg().map((value) => value.toFixed(1));
  return [
    `${cpus.length} × ${cpus[0]?.model.trim() ?? "?"}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    systemName(),
    `Node ${process.version}`,
    `load average ${load.join(" ")}`,
  ].join(", ");
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="(.+)"$/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? os.type();
  } catch {
    return `${os.type()} ${os.release()}`;
  }
}
