import { engineMetrics, queueMetrics } from "@/inngest/engine-metrics";
import { isSameSecret } from "@/lib/crypto";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { processMetrics } from "@/lib/metrics/process-metrics";
import { METRICS_CONTENT_TYPE, type Metric, renderMetrics } from "@/lib/metrics/render";
import { webhookMetrics } from "@/lib/metrics/webhook-metrics";

export const dynamic = "force-dynamic";

/** Prometheus metrics behind METRICS_TOKEN; there is nothing here when it is not set. */
export async function GET(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  if (!token) return new Response("Not found", { status: 404 });
  if (!isSameSecret(request.headers.get("authorization") ?? "", `Bearer ${token}`)) {
    return new Response("Unauthorized", { status: 401, headers: { "www-authenticate": "Bearer" } });
  }
  const text = renderMetrics([...processMetrics(), ...engineMetrics(), ...(await databaseMetrics())]);
  return new Response(text, {
    headers: { "content-type": METRICS_CONTENT_TYPE, "cache-control": "no-store" },
  });
}

// A scrape while the database is away says just that, and still all that this process knows by itself.
async function databaseMetrics(): Promise<Metric[]> {
  const up = (value: number): Metric => ({
    name: "iiko_webhooks_database_up",
    type: "gauge",
    help: "1 when the database answers.",
    samples: [{ value }],
  });
  try {
    return [up(1), ...(await webhookMetrics()), ...(await queueMetrics())];
  } catch (error) {
    logger.warn({ err: error }, "the database does not answer the metrics");
    return [up(0)];
  }
}
