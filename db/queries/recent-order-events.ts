import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { utc } from "@/db/utc";

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
    select id, name, data, ${sql.raw(utc("received_at"))} as received_at
    from order_events
    where state = 'accepted' and octet_length(data) <= ${maxBytes}::int
    order by seq desc limit ${limit}::int`);
}
