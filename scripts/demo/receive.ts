import { Webhook } from "standardwebhooks";
import { answer } from "@/lib/outbound/testing/behaviours";
import { type Receiver, type RecordedRequest, startReceiver } from "@/lib/outbound/testing/receiver";
import { CREDENTIALS, RECIPIENTS, type Recipient } from "./webhooks";

export type Arrival = {
  at: Date;
  recipient: Recipient;
  webhookId: string;
  attempt: number;
  status: number;
  /** What proved the sender: «bearer», «basic», «signature». */
  proof: string;
  bytes: string;
  body: Record<string, unknown>;
};

const CRM_FAILURES = 2;

/**
 * The outside world of the demo: one path per webhook, each checking its credentials (401 when they are
 * wrong). The CRM is «down» for the first delivery it sees: two 503, then 200, so that retries show.
 */
export async function startOutsideWorld(onArrival: (arrival: Arrival) => void): Promise<Receiver> {
  const seen = new Map<string, number>();
  let firstCrmDelivery: string | undefined;
  return startReceiver({
    behaviour: (response, request) => {
      const recipient = RECIPIENTS.find((name) => request.path === `/${name}`);
      if (!recipient) return answer(404)(response, request);
      const webhookId = String(request.headers["webhook-id"]);
      const attempt = (seen.get(webhookId) ?? 0) + 1;
      seen.set(webhookId, attempt);
      if (recipient === "crm") firstCrmDelivery ??= webhookId;
      const isDown = webhookId === firstCrmDelivery && attempt <= CRM_FAILURES;
      const proof = proofOf({ recipient, request });
      const status = !proof ? 401 : isDown ? 503 : 200;
      answer(status, { body: isDown ? "CRM is restarting" : "ok" })(response, request);
      const body = JSON.parse(request.body) as Record<string, unknown>;
      const at = request.receivedAt;
      onArrival({ at, recipient, webhookId, attempt, status, proof: proof ?? "", bytes: request.body, body });
    },
  });
}

function proofOf({ recipient, request }: { recipient: Recipient; request: RecordedRequest }): string | null {
  const authorization = request.headers.authorization;
  if (recipient === "senler") return authorization === `Bearer ${CREDENTIALS.senlerToken}` ? "bearer" : null;
  if (recipient === "crm") {
    const pair = Buffer.from(`${CREDENTIALS.crmUser}:${CREDENTIALS.crmPassword}`).toString("base64");
    return authorization === `Basic ${pair}` ? "basic" : null;
  }
  try {
    const headers = request.headers as Record<string, string>;
    new Webhook(CREDENTIALS.analyticsSecret).verify(request.body, headers);
    return "signature";
  } catch {
    return null;
  }
}
