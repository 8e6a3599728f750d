import { and, eq, sql } from "drizzle-orm";
import { type Db, db, rows } from "@/db/client";
import { names } from "@/db/schema";

export type NameRow = typeof names.$inferSelect;

// Far above what a chain has; it bounds what every page of the panel carries.
const MAX_NAMES = 2_000;

export function selectNames(): Promise<NameRow[]> {
  return db().select().from(names).orderBy(names.kind, names.name, names.key).limit(MAX_NAMES);
}

/** Locked until the transaction ends, where there is one. */
export async function selectNameForUpdate(tx: Db, { kind, key }: Omit<NameRow, "name">) {
  const [found] = await tx
    .select()
    .from(names)
    .where(and(eq(names.kind, kind), eq(names.key, key)))
    .for("update");
  return found;
}

export async function upsertName(tx: Db, row: NameRow): Promise<void> {
  await tx
    .insert(names)
    .values(row)
    .onConflictDoUpdate({ target: [names.kind, names.key], set: { name: row.name } });
}

export async function deleteName(tx: Db, { kind, key }: Omit<NameRow, "name">): Promise<void> {
  await tx.delete(names).where(and(eq(names.kind, kind), eq(names.key, key)));
}

export type SeenCodeRow = { kind: "order_type" | "status"; key: string };
type Newest = { events: number; maxBytes: number };

/** The statuses and order types of the newest accepted order events. */
export function selectSeenCodes(newest: Newest): Promise<SeenCodeRow[]> {
  return rows<SeenCodeRow>(sql`
    ${withNewest(newest)}
    select distinct kind, key from newest cross join lateral (
      values ('status', order_status), ('order_type', nullif(split_part(split_part(data, '"order_type":"', 2), '"', 1), ''))
    ) as code(kind, key)
    where length(key) between 1 and 100 order by kind, key limit 200`);
}

/** Of each organization among the newest accepted order events the newest one's data. */
export function selectEventPerOrganization(
  newest: Newest,
): Promise<{ id: string; name: string; data: string }[]> {
  return rows(sql`
    ${withNewest(newest)}
    select id, name, data from (
      select distinct on (key) id, name, data, seq
      from (select *, nullif(split_part(split_part(data, '"organization_id":"', 2), '"', 1), '') as key from newest) keyed
      where key is not null order by key, seq desc
    ) organization
    order by seq desc limit 200`);
}

function withNewest({ events, maxBytes }: Newest) {
  return sql`
    with newest as materialized (
      select id, name, seq, order_status, data from (
        select id, name, seq, order_status, data from order_events
        where state = 'accepted' order by seq desc limit ${events}::int
      ) last
      where octet_length(data) <= ${maxBytes}::int
    )`;
}
