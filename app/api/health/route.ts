import { registrationState } from "@/inngest/registration";
import { jsonAnswer } from "@/lib/http/answers";
import { readinessAnswer } from "@/lib/http/readiness";

/** Live as soon as it answers; `?ready` asks what /api/health/ready does. */
export async function GET(request: Pick<Request, "url">): Promise<Response> {
  return new URL(request.url).searchParams.has("ready")
    ? readinessAnswer(registrationState())
    : jsonAnswer({ status: "ok" });
}
