import { type SQL, sql } from "drizzle-orm";
import { rows } from "@/db/client";
import { ORDER_EVENT_COLUMNS, type OrderEventListRow } from "@/db/queries/order-events";
import { CUSTOMER_REST, EXTERNAL_ID_REVERSED, PHONE_DIGITS_REVERSED } from "@/db/schema";

/**
 * What an order may be known by; `phoneDigits` are its last digits, without the country's prefix. `part` begins or ends
 * its external id or begins its number, `name` begins the customer's name or what follows the first word of it.
 */
export type OrderSearch = {
  text: string;
  orderId: number | null;
  phoneDigits: string | null;
  part: string | null;
  name: string | null;
};

type Page = {
  search: OrderSearch;
  state?: "accepted" | "rejected" | undefined;
  beforeSeq?: number | undefined;
  limit: number;
};

/** Order events whose order is known by what is searched for, newest first. */
export function searchOrderEvents(page: Page): Promise<OrderEventListRow[]> {
  return rows<OrderEventListRow>(orderSearchQuery(page));
}

/** The statement of `searchOrderEvents`, whose plan is tested. */
export function orderSearchQuery({ search, state, beforeSeq, limit }: Page): SQL {
  const page = [
    ...(state === undefined ? [] : [sql`e.state = ${state}::text`]),
    ...(beforeSeq === undefined ? [] : [sql`e.seq < ${beforeSeq}::bigint`]),
  ];
  const newest = (condition: SQL) => sql`
    (select e.seq from order_events e where ${sql.join([condition, ...page], sql` and `)}
     order by e.seq desc limit ${limit}::int)`;
  const found = [
    newest(sql`e.readable_number = ${search.text}::text`),
    newest(sql`e.order_external_id = ${search.text}::text`),
    ...(search.orderId === null ? [] : [newest(sql`e.order_id = ${search.orderId}::bigint`)]),
    ...(search.phoneDigits === null ? [] : [byPhone({ digits: search.phoneDigits, page, limit })]),
    ...beginnings(search).map((beginning) => byBeginning({ ...beginning, page, limit })),
  ];
  return sql`
    select ${ORDER_EVENT_COLUMNS}
    from (select seq from (${sql.join(found, sql` union `)}) found order by seq desc limit ${limit}::int) newest
    join order_events e on e.seq = newest.seq
    order by e.seq desc`;
}

// Kept apart from the sorting, or the planner walks the whole table by seq when it expects many matches.
function byPhone({ digits, page, limit }: { digits: string; page: SQL[]; limit: number }): SQL {
  const pattern = `${[...digits].reverse().join("")}%`;
  const conditions = [sql`${sql.raw(PHONE_DIGITS_REVERSED)} like ${pattern}::text`, ...page];
  return sql`
    (select seq from (
       select e.seq from order_events e where ${sql.join(conditions, sql` and `)} offset 0
     ) called order by seq desc limit ${limit}::int)`;
}

type Beginning = { column: string; text: string };

function beginnings({ part, name }: OrderSearch): Beginning[] {
  const ofPart = (text: string) => [
    { column: "order_external_id", text },
    { column: EXTERNAL_ID_REVERSED, text: [...text].reverse().join("") },
    { column: "readable_number", text },
  ];
  const ofName = (text: string) => [
    { column: "customer_name", text },
    { column: CUSTOMER_REST, text },
  ];
  return [...(part === null ? [] : ofPart(part)), ...(name === null ? [] : ofName(name))];
}

/** Of what begins alike no more is looked at: the last of it, where numbers that count up have their newest. */
export const MAX_ALIKE = 1_000;

function byBeginning({ column, text, page, limit }: Beginning & { page: SQL[]; limit: number }): SQL {
  const pattern = `${text.replace(/[\\%_]/g, "\\$&")}%`;
  const indexed = sql.raw(column);
  return sql`
    (select e.seq from (
       select seq, state from order_events where ${indexed} like ${pattern}::text
       order by ${indexed} using ~>~ limit ${MAX_ALIKE}::int
     ) e where ${sql.join([sql`true`, ...page], sql` and `)} order by e.seq desc limit ${limit}::int)`;
}
