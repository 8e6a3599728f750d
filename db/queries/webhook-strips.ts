import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

export type HourRow = { webhook_id: number; hours_ago: number; succeeded: number; failed: number };

/** Requests by webhook and hour of the last `hours`, the present hour being 0; hours without requests are left out. */
export function selectHours({
  now,
  hours,
  webhookIds,
}: {
  now: Date;
  hours: number;
  webhookIds: number[];
}): Promise<HourRow[]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const thisHour = sql`date_trunc('hour', ${at})`;
  return rows<HourRow>(sql`
    select webhook_id, extract(epoch from ${thisHour} - date_trunc('hour', starts_at))::int / 3600 as hours_ago,
           sum(succeeded)::int as succeeded, sum(failed)::int as failed
    from webhook_intervals
    where starts_at >= ${thisHour} - make_interval(hours => ${hours - 1}::int) and starts_at <= ${at}
      and webhook_id = any(${sql.param(webhookIds)}::int[])
    group by 1, 2`);
}
