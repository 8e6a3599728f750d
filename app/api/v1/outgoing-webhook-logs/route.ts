import { pageAnswer } from "@/lib/http/answers";
import { parseQuery } from "@/lib/http/query";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { AttemptFilters } from "@/lib/log/attempt-filters";
import { toAttemptView } from "@/lib/log/attempt-view";
import { listAttempts } from "@/lib/log/list-attempts";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, query, request }) => {
    const filters = parseQuery({ schema: AttemptFilters, searchParams: query });
    const page = await listAttempts({ actor, filters });
    return pageAnswer({ request, items: page.attempts.map(toAttemptView), nextCursor: page.nextCursor });
  }),
});
