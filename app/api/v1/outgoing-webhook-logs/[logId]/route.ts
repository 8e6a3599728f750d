import { jsonAnswer } from "@/lib/http/answers";
import { pathId } from "@/lib/http/path-id";
import { apiMethods, apiRoute } from "@/lib/http/route";
import { toAttemptView } from "@/lib/log/attempt-view";
import { getAttempt } from "@/lib/log/get-attempt";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute({ role: "viewer" }, async ({ actor, params }) => {
    const logId = pathId({ name: "log_id", text: params.logId, max: Number.MAX_SAFE_INTEGER });
    return jsonAnswer(toAttemptView(await getAttempt({ actor, logId })));
  }),
});
