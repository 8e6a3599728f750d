import type { Metric } from "@/lib/metrics/render";

/** Memory, processor time and start of this process, under the names that Prometheus clients use. */
export function processMetrics(): Metric[] {
  const memory = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  const startedAt = Date.now() / 1000 - process.uptime();
  return [
    single("process_resident_memory_bytes", "gauge", "Resident memory.", memory.rss),
    single("nodejs_heap_size_used_bytes", "gauge", "Used part of the JavaScript heap.", memory.heapUsed),
    single("nodejs_external_memory_bytes", "gauge", "Buffers outside the heap.", memory.external),
    single("process_cpu_seconds_total", "counter", "Processor time.", (user + system) / 1e6),
    single("process_start_time_seconds", "gauge", "When the process started.", Math.round(startedAt)),
  ];
}

function single(name: string, type: "counter" | "gauge", help: string, value: number): Metric {
  return { name, type, help, samples: [{ value }] };
}
