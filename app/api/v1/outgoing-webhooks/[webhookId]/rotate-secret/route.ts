import { jsonAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ role: "manager" }, async ({ actor, params }) => {
    const webhookId = pathId({ name: "webhook_id", text: params.webhookId });
    return jsonAnswer({ signing_secret: await rotateSecret({ actor, webhookId }) });
  }),
});
