import { type SQL, sql } from "drizzle-orm";

/** Events `first` up to but not `last`, of `of` in all, spread evenly over the week that ends at `until`. */
export type Chunk = { run: string; first: number; last: number; of: number; until: Date };

/** The events of a chunk as rows `e(n, event_id, at)`. */
export function chunkEvents({ run, first, last, of, until }: Chunk): SQL {
  return sql`(
    select n, ${`seed-${run}-`}::text || n as event_id,
           ${until.toISOString()}::timestamptz - (1 - (n + 1)::float8 / ${of}::int) * interval '7 days' as at
    from generate_series(${first}::int, ${last - 1}::int) n
  ) e`;
}
