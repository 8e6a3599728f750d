import { startDeliveries } from "@/inngest/send";
import { resendFailed } from "@/lib/deliveries/resend-failed";
import { ResendFailedRequest } from "@/lib/deliveries/resend-failed-request";
import { jsonAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { readJson } from "@/lib/http/read-json";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { parseInput } from "@/lib/parse-input";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ role: "manager" }, async ({ actor, params, request }) => {
    const webhookId = pathId({ name: "webhook_id", text: params.webhookId });
    const value = await readJson(request);
    const { since, until } = parseInput({ schema: ResendFailedRequest, value, known: ["since", "until"] });
    const deliveries = await resendFailed({ actor, webhookId, since, until });
    await startDeliveries(deliveries);
    return jsonAnswer({ count: deliveries.length }, { status: 202 });
  }),
});
