import type { WebhookRow } from "@/db/queries/current-webhooks";
import { selectWebhookOfDelivery } from "@/db/queries/inspector";
import { isSignedBy } from "@/lib/outbound/sign";
import { INSPECTOR_PATH } from "@/lib/own-server";
import { isCanonicalUuid } from "@/lib/uuid";
import { currentWebhooks } from "@/lib/webhooks/current";
import { signingSecrets } from "@/lib/webhooks/webhook-secrets";

/** `unsigned`: the webhook has no signing secret; `missing`: it has one, and the request came without a signature. */
export type SignatureCheck = "valid" | "wrong" | "missing" | "unsigned";
export type Sender = { webhookId: number | null; signature: SignatureCheck | null };

type Signed = {
  token: string;
  messageId: string | null;
  timestamp: string | null;
  signature: string | null;
  body: string;
};

/** Which of our webhooks sent a request, by its delivery or, for a test, by the address, and whether it is signed. */
export async function senderOf(request: Signed): Promise<Sender> {
  const candidates = await candidatesFor(request);
  const checked = candidates.map((webhook) => ({ webhook, signature: checkSignature({ webhook, request }) }));
  const sender = checked.find(({ signature }) => signature === "valid") ?? checked[0];
  if (!sender) return { webhookId: null, signature: null };
  const isSure = checked.length === 1 || sender.signature === "valid";
  return isSure
    ? { webhookId: sender.webhook.id, signature: sender.signature }
    : { webhookId: null, signature: null };
}

async function candidatesFor({ token, messageId }: Signed): Promise<WebhookRow[]> {
  if (messageId === null || !isCanonicalUuid(messageId)) return [];
  const { byId } = await currentWebhooks();
  const webhookId = await selectWebhookOfDelivery(messageId);
  const known = webhookId === null ? undefined : byId.get(webhookId);
  if (known) return [known];
  return [...byId.values()].filter(({ webhook_url }) => webhook_url.endsWith(INSPECTOR_PATH + token));
}

function checkSignature({ webhook, request }: { webhook: WebhookRow; request: Signed }): SignatureCheck {
  const secrets = signingSecrets(webhook, new Date());
  if (secrets.length === 0) return "unsigned";
  const { messageId, timestamp, signature, body } = request;
  if (signature === null) return "missing";
  if (messageId === null || !/^\d{1,12}$/.test(timestamp ?? "")) return "wrong";
  const signed = { signature, deliveryId: messageId, timestampSeconds: Number(timestamp), body, secrets };
  return isSignedBy(signed) ? "valid" : "wrong";
}
