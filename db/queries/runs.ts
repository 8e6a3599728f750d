import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";
import { anyOf, recordset } from "@/db/recordset";

/** A run of a function as the embedded engine keeps it; `event.data` is small, `memo` holds finished steps. */
export type RunRow = {
  id: string;
  lane: string;
  event: { name: string; data: Record<string, unknown> };
  memo: Record<string, unknown> | null;
  due_at: string;
  failures: number;
};

export type NewRun = Pick<RunRow, "id" | "lane" | "event"> & { function: string };
export type MovedRun = Pick<RunRow, "id" | "memo" | "due_at" | "failures"> & { last_error: string | null };

/**
 * Which runs of a lane: those due from `dueFrom` to `now` or after `beyond`, up to `limit` of each, and the first
 * that is due later than `now`.
 */
export type NextRuns = {
  lane: string;
  dueFrom: string;
  now: string;
  beyond: string;
  limit: number;
};

/** What a group of runs came to, in one statement: put to sleep, or ended. */
export async function commitRuns(change: { moved: MovedRun[]; ended: string[] }): Promise<void> {
  await prepared({
    name: "commit-runs",
    text: COMMIT_RUNS,
    values: [change.ended, ...MOVED.values(change.moved)],
  });
}

const MOVED = recordset<MovedRun>({
  id: "text",
  memo: "json",
  due_at: "timestamptz",
  failures: "int",
  last_error: "text",
});

const COMMIT_RUNS = `
  with moved as (
    update runs r set memo = x.memo, due_at = x.due_at, failures = x.failures, last_error = x.last_error
    from ${MOVED.sql(2)} as x
    where r.id = x.id
  )
  delete from runs where id = ${anyOf("$1::text[]")}`;

/** A lane's next runs by due time. */
export function nextRuns({ lane, dueFrom, now, beyond, limit }: NextRuns): Promise<RunRow[]> {
  return prepared<RunRow>({
    name: "next-runs",
    text: NEXT_RUNS,
    values: [lane, dueFrom, now, limit, beyond],
  });
}

const RUN_COLUMNS = `id, lane, event, memo, failures,
  to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due_at`;

const NEXT_RUNS = `
  (select ${RUN_COLUMNS} from runs
   where lane = $1 and due_at >= $2::timestamptz and due_at <= $3::timestamptz
   order by runs.due_at, id limit $4)
  union all
  (select ${RUN_COLUMNS} from runs
   where lane = $1 and due_at > $3::timestamptz
   order by runs.due_at, id limit 1)
  union all
  (select ${RUN_COLUMNS} from runs
   where lane = $1 and due_at > $5::timestamptz
   order by runs.due_at, id limit $4)`;

/** The lanes that have runs: one index probe a lane, however many runs there are. */
export async function listLanes(): Promise<string[]> {
  const found = await rows<{ lane: string }>(sql`
    with recursive lanes as (
      (select lane from runs order by lane limit 1)
      union all
      select (select r.lane from runs r where r.lane > lanes.lane order by r.lane limit 1) from lanes
      where lanes.lane is not null
    )
    select lane from lanes where lane is not null`);
  return found.map((row) => row.lane);
}
