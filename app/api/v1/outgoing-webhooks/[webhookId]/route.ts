import { jsonAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { readJson } from "@/lib/http/read-json";
import { type ApiCall, apiMethods, apiRoute } from "@/lib/http/route";
import { parseInput } from "@/lib/parse-input";
import { INPUT_FIELDS } from "@/lib/webhooks/fields";
import { getWebhook } from "@/lib/webhooks/get";
import { removeWebhook } from "@/lib/webhooks/remove";
import { WebhookPatch } from "@/lib/webhooks/schema";
import { updateWebhook } from "@/lib/webhooks/update";

// iiko-base sends PUT with the fields it wants to change, so both mean the same.
const change = apiRoute({ role: "manager" }, async ({ actor, params, request }) => {
  const webhookId = webhookIdOf(params);
  const input = parseInput({ schema: WebhookPatch, value: await readJson(request), known: INPUT_FIELDS });
  return jsonAnswer(await updateWebhook({ actor, webhookId, input }));
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, params }) =>
    jsonAnswer(await getWebhook({ actor, webhookId: webhookIdOf(params) })),
  ),
  PUT: change,
  PATCH: change,
  DELETE: apiRoute({ role: "manager" }, async ({ actor, params }) => {
    await removeWebhook({ actor, webhookId: webhookIdOf(params) });
    return jsonAnswer({ success: true });
  }),
});

function webhookIdOf(params: ApiCall["params"]): number {
  return pathId({ name: "webhook_id", text: params.webhookId });
}
