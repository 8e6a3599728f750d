import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

/** What has been waiting for at least `fromSeconds` and, if given, for less than `toSeconds`. */
type Overdue = {
  fromSeconds: number;
  toSeconds?: number | undefined;
  after: OverdueEvent | null;
  limit: number;
};

export type OverdueEvent = { id: string; name: string; seq: number };

/** The next page of accepted order events that are not matched yet, in the order they were accepted. */
export function findOverdueEvents({
  fromSeconds,
  toSeconds,
  after,
  limit,
}: Overdue): Promise<OverdueEvent[]> {
  const to =
    toSeconds === undefined ? sql`` : sql`and received_at > now() - make_interval(secs => ${toSeconds})`;
  return rows<OverdueEvent>(sql`
    select id, name, seq::float8 as seq from order_events
    where state = 'accepted' and matched_revision is null
      and received_at <= now() - make_interval(secs => ${fromSeconds}) ${to}
      and seq > ${after?.seq ?? 0}::bigint
    order by seq limit ${limit}`);
}
