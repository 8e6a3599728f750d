import { z } from "zod";
import { listNewerAttempts } from "@/lib/log/list-newer-attempts";
import { forActor } from "../../for-actor";
import { readLogQuery, toAttemptFilters } from "../log-query";

const After = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).catch(0);

/** What came into the log after `after`, for a page that is open; the filters are those of its address. */
export const GET = forActor(async ({ actor, request }) => {
  const { searchParams } = new URL(request.url);
  const query = readLogQuery(Object.fromEntries(searchParams));
  const filters = await toAttemptFilters({ actor, query: { ...query, before: undefined }, now: new Date() });
  const newer = await listNewerAttempts({ actor, filters, afterId: After.parse(searchParams.get("after")) });
  return Response.json(newer, { headers: { "cache-control": "no-store" } });
});
