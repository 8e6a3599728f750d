import { pageAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { parseQuery } from "@/lib/http/query";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { WebhookAttemptFilters } from "@/lib/log/attempt-filters";
import { toAttemptView } from "@/lib/log/attempt-view";
import { listAttempts } from "@/lib/log/list-attempts";
import { getWebhook } from "@/lib/webhooks/get";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, params, query, request }) => {
    const webhookId = pathId({ name: "webhook_id", text: params.webhookId });
    const filters = parseQuery({ schema: WebhookAttemptFilters, searchParams: query });
    // A webhook that does not exist is not one with an empty log.
    await getWebhook({ actor, webhookId });
    const page = await listAttempts({ actor, filters: { ...filters, webhook_id: webhookId } });
    return pageAnswer({ request, items: page.attempts.map(toAttemptView), nextCursor: page.nextCursor });
  }),
});
