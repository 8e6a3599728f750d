import type { WebhookRow } from "@/db/queries/current-webhooks";
import { env } from "@/lib/env";
import { type AuthType, authHeaders } from "@/lib/outbound/auth-headers";
import { redactHeaders, redactOutcome } from "@/lib/outbound/redact";
import { BASE_HEADERS, type Outcome, sendRequest } from "@/lib/outbound/send";
import { signatureHeaders } from "@/lib/outbound/sign";
import { signingSecrets, type WebhookSecrets, webhookSecrets } from "@/lib/webhooks/webhook-secrets";

/** One request as it may be stored: secrets redacted in the headers and in what came back. */
export type Exchange = { url: string; requestHeaders: Record<string, string>; outcome: Outcome };

/** Sends one POST to a webhook with its authorisation and signature. Never throws for what a receiver does. */
export async function sendToWebhook({
  webhook,
  attempt,
}: {
  webhook: WebhookRow;
  attempt: { id: string; body: string };
}): Promise<Exchange> {
  const now = new Date();
  const { authorisation, redacted, secretTexts } = authorised(webhook);
  const signature = signatureHeaders({
    deliveryId: attempt.id,
    timestampSeconds: Math.floor(now.getTime() / 1000),
    body: attempt.body,
    secrets: signingSecrets(webhook, now),
  });
  const outcome = await sendRequest({
    webhookId: webhook.id,
    url: webhook.webhook_url,
    headers: Object.assign({}, BASE_HEADERS, authorisation, signature),
    body: attempt.body,
    timeoutMs: webhook.timeout_seconds * 1000,
    allow: env().OUTBOUND_ALLOW,
  });
  return {
    url: webhook.webhook_url,
    requestHeaders: Object.assign({}, BASE_HEADERS, redacted, signature),
    outcome: redactOutcome(outcome, secretTexts),
  };
}

type Authorised = {
  authorisation: Record<string, string>;
  /** The same headers as they may be stored. */
  redacted: Record<string, string>;
  secretTexts: string[];
};

const known = new WeakMap<WebhookRow, Authorised>();

/** What is the same for every request of a webhook as it is now. */
function authorised(webhook: WebhookRow): Authorised {
  const kept = known.get(webhook);
  if (kept) return kept;
  const secrets = webhookSecrets(webhook);
  const authorisation = authHeaders({
    authType: webhook.auth_type as AuthType,
    token: secrets.authToken,
    username: webhook.auth_username,
    password: secrets.authPassword,
    customHeaders: secrets.customHeaders,
  });
  const made = {
    authorisation,
    redacted: redactHeaders(authorisation, Object.keys(authorisation)),
    secretTexts: secretTexts({ secrets, authorisation }),
  };
  known.set(webhook, made);
  return made;
}

type SecretSources = { secrets: WebhookSecrets; authorisation: Record<string, string> };

// The header values too: a receiver may send back the Basic credentials as they went over the wire.
function secretTexts({ secrets, authorisation }: SecretSources): string[] {
  const { authToken, authPassword, signingSecret, previousSigningSecret } = secrets;
  const texts = [authToken, authPassword, signingSecret, previousSigningSecret].filter(
    (text) => text !== null,
  );
  return [...texts, ...Object.values(authorisation)];
}
