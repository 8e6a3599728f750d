import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

export type RecentOrderEventRow = { id: string; name: string; data: string; received_at: string };

/** The newest accepted order events with what was sent; those over `maxBytes` are left out. */
export function selectRecentOrderEvents({
  limit,
  maxBytes,
}: {
  limit: number;
  maxBytes: number;
}): Promise<RecentOrderEventRow[]> {
  return rows<RecentOrderEventRow>(sql`
    select id, name, data, to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as received_at
    from order_events
    where state = 'accepted' and octet_length(data) <= ${maxBytes}::int
    order by seq desc limit ${limit}::int`);
}
