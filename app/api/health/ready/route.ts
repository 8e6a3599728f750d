import { registrationState } from "@/inngest/registration";
import { readinessAnswer } from "@/lib/http/readiness";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
  return readinessAnswer(registrationState());
}
