import { sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { latestRevision } from "@/db/queries/revisions";
import { SAMPLE_ORDER } from "@/lib/orders/sample";
import { refuse } from "@/lib/refusals/refuse";
import { type Chunk, chunkEvents } from "./chunk";

const NAMES = ["order.created", "order.status_changed", "order.status_changed", "order.updated"];
const STATUSES = ["WaitCooking", "CookingStarted", "OnWay", "Delivered"];

const MISFIT = refuse("at_place", {
  place: "data.order.total_amount",
  refusal: refuse("expected_got", { what: refuse("kopecks"), got: '"12,5"' }),
});

/** Order events, four to an order; one in a thousand rejected. */
export async function seedEvents(chunk: Chunk): Promise<void> {
  const { items: _, ...order } = SAMPLE_ORDER;
  const template = JSON.stringify(order);
  await rows(sql`
    insert into order_events (id, name, ts, data, state, refusals, order_id, order_external_id, readable_number,
                              customer_phone, order_status, received_at, matched_revision)
    select e.event_id, (${textArray(NAMES)})[1 + n % 4], at,
           json_build_object('order', ${template}::jsonb || jsonb_build_object(
             'id', 1000000 + n / 4, 'external_order_id', 'seed-' || n / 4, 'readable_number', (n / 4 % 10000)::text,
             'status', (${textArray(STATUSES)})[1 + n % 4], 'customer_phone', phone))::text,
           case when n % 1000 = 999 then 'rejected' else 'accepted' end,
           case when n % 1000 = 999 then ${JSON.stringify([MISFIT])}::json end,
           1000000 + n / 4, 'seed-' || n / 4, (n / 4 % 10000)::text, phone, (${textArray(STATUSES)})[1 + n % 4], at,
           case when n % 1000 = 999 then null else ${await latestRevision()}::bigint end
    from ${chunkEvents(chunk)}
    cross join lateral (select '+79' || lpad((n / 4 * 7919 % 1000000000)::text, 9, '0') as phone) p
    order by n`);
}

function textArray(values: string[]) {
  return sql`array(select json_array_elements_text(${JSON.stringify(values)}::json))`;
}
