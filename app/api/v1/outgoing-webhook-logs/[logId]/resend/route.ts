import { startDeliveries } from "@/inngest/send";
import { resendAttempt } from "@/lib/deliveries/resend";
import { jsonAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { apiMethods, apiRoute } from "@/lib/http/route";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: apiRoute({ role: "manager" }, async ({ actor, params }) => {
    const logId = pathId({ name: "log_id", text: params.logId, max: Number.MAX_SAFE_INTEGER });
    const delivery = await resendAttempt({ actor, logId });
    await startDeliveries([delivery]);
    return jsonAnswer({ delivery_id: delivery.id }, { status: 202 });
  }),
});
