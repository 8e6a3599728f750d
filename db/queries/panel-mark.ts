import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

// Where more is pending than this, the log tells that it moves.
const MAX_COUNTED = 1_000;

/**
 * A text that is another one after anything that the panel's pages show has changed, from the ends of indexes and
 * from one row for each webhook: the same at any length of the log.
 */
export async function selectPanelMark(): Promise<string> {
  const [found] = await rows<{ mark: string }>(sql`
    select md5(concat_ws('/',
      (select coalesce(max(id), 0) from outgoing_webhook_logs),
      (select coalesce(max(seq), 0) from order_events),
      (select coalesce(min(seq), 0) from order_events where state = 'accepted' and matched_revision is null),
      (select coalesce(max(seq), 0) from webhook_revisions),
      (select count(*) from (
        select 1 from deliveries where state = 'pending' limit ${MAX_COUNTED}::int) as counted),
      (select string_agg(concat_ws(',', token, received, behaviour), ';') from inspectors),
      (select coalesce(min(number), 0) from inspector_requests),
      (select string_agg(concat_ws(',', w.id, w.updated_at, s.flow), ';' order by w.id)
       from outgoing_webhooks w left join webhook_stats s on s.webhook_id = w.id))) as mark`);
  return found?.mark ?? "";
}
