import { z } from "zod";
import { currentActor } from "@/lib/auth/current-actor";
import { listNewerAttempts } from "@/lib/log/list-newer-attempts";
import { readLogQuery, toAttemptFilters } from "../log-query";

const After = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0);

/** What came into the log after `after`, for a page that is open; the filters are those of its address. */
export async function GET(request: Request): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return Response.json({ error: "unauthorized" }, { status: 401 });
  const { searchParams } = new URL(request.url);
  const query = readLogQuery(Object.fromEntries(searchParams));
  const filters = toAttemptFilters({ query: { ...query, before: undefined }, now: new Date() });
  const newer = await listNewerAttempts({ actor, filters, afterId: After.parse(searchParams.get("after")) });
  return Response.json(newer, { headers: { "cache-control": "no-store" } });
}
