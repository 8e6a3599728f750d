import { testSend } from "@/lib/deliveries/test-send";
import { jsonAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { apiMethods, apiRoute } from "@/lib/http/route";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ role: "operator" }, async ({ actor, params }) => {
    const webhookId = pathId({ name: "webhook_id", text: params.webhookId });
    const { success, statusCode, durationMs, error, response } = await testSend({ actor, webhookId });
    return jsonAnswer({ success, status_code: statusCode, duration_ms: durationMs, error, response });
  }),
});
