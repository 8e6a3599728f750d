import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { closeDatabase, openDatabase, prepared } from "@/db/client";
import { createGroupCommit } from "@/lib/group-commit";
import { SAMPLE_EVENT } from "@/lib/orders/sample";
import { buildPayload } from "@/lib/payloads/build";
import type { Receiver } from "./receiver";

const IN_FLIGHT = 64;

type LogRow = {
  deliveryId: string;
  eventId: string;
  headers: string;
  status: number;
  answer: string;
  ms: number;
};

/**
 * What the machine has to give: as many POSTs a second as undici's Pool makes with the product's payload and 64
 * in flight, each with a row in the product's own log table, written in batches of at most 200 and waited for.
 */
export async function measureRawCeiling(options: {
  receiver: Receiver;
  databaseUrl: string | undefined;
  dataDir: string;
  seconds: number;
}): Promise<number> {
  const { receiver, databaseUrl, dataDir, seconds } = options;
  await openDatabase({ databaseUrl, dataDir });
  const pool = new Pool(receiver.url, { connections: IN_FLIGHT, pipelining: 1 });
  const body = buildPayload({
    format: "iiko_soi",
    event: SAMPLE_EVENT,
    deliveryId: randomUUID(),
    includeFields: null,
    template: null,
  });
  const writeLog = createGroupCommit<LogRow, void>({ maxItems: 200, flush: insertLogRows });

  async function sendOne(): Promise<void> {
    const deliveryId = randomUUID();
    const headers = { "content-type": "application/json", "user-agent": "raw", "webhook-id": deliveryId };
    const startedAt = performance.now();
    const response = await pool.request({ path: "/raw", method: "POST", headers, body });
    const answer = await response.body.text();
    await writeLog({
      deliveryId,
      eventId: `raw-${deliveryId}`,
      headers: JSON.stringify(headers),
      status: response.statusCode,
      answer,
      ms: Math.round(performance.now() - startedAt),
    });
  }

  async function perSecond(): Promise<number> {
    const startedAt = performance.now();
    const endsAt = startedAt + seconds * 1000;
    let sent = 0;
    const sendUntilTheEnd = async () => {
      while (performance.now() < endsAt) {
        await sendOne();
        sent += 1;
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, sendUntilTheEnd));
    return sent / ((performance.now() - startedAt) / 1000);
  }

  // The first round warms the code, the connections and the plan.
  await perSecond();
  const result = await perSecond();
  await pool.close();
  await closeDatabase();
  return result;
}

async function insertLogRows(rows: LogRow[]): Promise<undefined[]> {
  await prepared({
    name: "raw-log-rows",
    text: `
      insert into outgoing_webhook_logs (webhook_id, delivery_id, event_id, event_type, attempt_number, request_url,
        request_headers, response_status, response_body, duration_ms, success)
      select 0, delivery_id, event_id, 'order.created', 1, 'http://127.0.0.1/raw', headers::json, status, answer, ms, true
      from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::text[], $6::int[])
        as row(delivery_id, event_id, headers, status, answer, ms)`,
    values: [
      rows.map((row) => row.deliveryId),
      rows.map((row) => row.eventId),
      rows.map((row) => row.headers),
      rows.map((row) => row.status),
      rows.map((row) => row.answer),
      rows.map((row) => row.ms),
    ],
  });
  return rows.map(() => undefined);
}
