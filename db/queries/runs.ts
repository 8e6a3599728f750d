import { sql } from "drizzle-orm";
import { prepared, rows } from "@/db/client";

/** A run of a function as the embedded engine keeps it; `event.data` is small, `memo` holds finished steps. */
export type RunRow = {
  id: string;
  function: string;
  lane: string;
  event: { name: string; data: Record<string, unknown> };
  memo: Record<string, unknown> | null;
  due_at: string;
  failures: number;
};

export type NewRun = Pick<RunRow, "id" | "function" | "lane" | "event">;
export type MovedRun = Pick<RunRow, "id" | "memo" | "due_at" | "failures"> & { last_error: string | null };

/** Everything that a group of runs changed, in one statement: runs started, put to sleep, ended. */
export async function commitRuns(change: {
  started: NewRun[];
  moved: MovedRun[];
  ended: string[];
}): Promise<void> {
  await prepared({
    name: "commit-runs",
    text: COMMIT_RUNS,
    values: [JSON.stringify(change.started), JSON.stringify(change.moved), change.ended],
  });
}

const COMMIT_RUNS = `
  with started as (
    insert into runs (id, function, lane, event, due_at)
    select id, function, lane, event, now()
    from json_to_recordset($1::json) as x(id text, function text, lane text, event json)
    on conflict (id) do nothing
  ), moved as (
    update runs r set memo = x.memo, due_at = x.due_at, failures = x.failures, last_error = x.last_error
    from json_to_recordset($2::json) as x(
      id text, memo json, due_at timestamptz, failures int, last_error text)
    where r.id = x.id
  )
  delete from runs where id = any($3::text[])`;

/** The next runs of a lane by due time, due or not, without those that the engine holds already. */
export function nextRuns(input: { lane: string; held: string[]; limit: number }): Promise<RunRow[]> {
  return prepared<RunRow>({
    name: "next-runs",
    text: `
      select id, function, lane, event, memo, failures,
             to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as due_at
      from runs where lane = $1 and id <> all($2::text[])
      order by runs.due_at, id limit $3`,
    values: [input.lane, input.held, input.limit],
  });
}

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

/** How many runs wait, for health and metrics. */
export async function countRuns(): Promise<number> {
  const [counted] = await rows<{ n: number }>(sql`select count(*)::int as n from runs`);
  return counted?.n ?? 0;
}
