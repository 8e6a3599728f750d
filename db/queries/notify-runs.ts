import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

/** Tells the process that runs the deliveries which lanes have new runs; it also looks by itself every few seconds. */
export async function notifyRuns({ channel, lanes }: { channel: string; lanes: string[] }): Promise<void> {
  await rows(sql`
    select pg_notify(${channel}::text, lane)
    from json_array_elements_text(${JSON.stringify(lanes)}::json) as lane`);
}
