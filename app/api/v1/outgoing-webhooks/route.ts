import { jsonAnswer, pageAnswer } from "@/lib/http/answers";
import { parseQuery } from "@/lib/http/query";
import { readJson } from "@/lib/http/read-json";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { parseInput } from "@/lib/parse-input";
import { createWebhook } from "@/lib/webhooks/create";
import { INPUT_FIELDS } from "@/lib/webhooks/fields";
import { listWebhooks } from "@/lib/webhooks/list";
import { WebhookListQuery } from "@/lib/webhooks/list-query";
import { WebhookCreate } from "@/lib/webhooks/schema";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, query, request }) => {
    const page = await listWebhooks({
      actor,
      query: parseQuery({ schema: WebhookListQuery, searchParams: query }),
    });
    return pageAnswer({ request, items: page.webhooks, nextCursor: page.nextCursor });
  }),
  POST: apiRoute({ role: "manager" }, async ({ actor, request }) => {
    const input = parseInput({
      schema: WebhookCreate,
      value: await readJson(request),
      known: INPUT_FIELDS,
    });
    const webhook = await createWebhook({ actor, input });
    const headers = { location: `/api/v1/outgoing-webhooks/${webhook.id}` };
    return jsonAnswer(webhook, { status: 201, headers });
  }),
});
