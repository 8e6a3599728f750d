import type { WebhookRow } from "@/db/queries/current-webhooks";
import { env } from "@/lib/env";
import { type AuthType, authHeaders, isPlainHeader } from "@/lib/outbound/auth-headers";
import { redactHeaders, redactOutcome } from "@/lib/outbound/redact";
import { type Outcome, sendRequest, withBaseHeaders } from "@/lib/outbound/send";
import { signatureHeaders } from "@/lib/outbound/sign";
import { ownInspector } from "@/lib/own-server";
import { signingSecrets, type WebhookSecrets, webhookSecrets } from "@/lib/webhooks/webhook-secrets";

/** One request as it may be stored: secrets redacted in the headers and in what came back. */
export type Exchange = { url: string; requestHeaders: Record<string, string>; outcome: Outcome };

/** What one request is of: a delivery, or a test. */
export type Sending = {
  id: string;
  body: string;
  event_name: string;
  /** When the event happened, ISO 8601 in UTC. */
  event_time: string;
};

/**
 * Sends one POST to a webhook with its authorisation and signature, and says which attempt it is (contract 2).
 * `attemptNumber` counts from 1. Never throws for what a receiver does.
 */
export async function sendToWebhook({
  webhook,
  attempt,
  attemptNumber,
}: {
  webhook: WebhookRow;
  attempt: Sending;
  attemptNumber: number;
}): Promise<Exchange> {
  const now = new Date();
  const { headers, redacted, secretTexts } = constantParts(webhook);
  const ownHeaders = signatureHeaders({
    deliveryId: attempt.id,
    timestampSeconds: Math.floor(now.getTime() / 1000),
    body: attempt.body,
    secrets: signingSecrets(webhook, now),
  });
  ownHeaders["webhook-event"] = attempt.event_name;
  ownHeaders["webhook-event-time"] = attempt.event_time;
  ownHeaders["webhook-attempt"] = String(attemptNumber);
  const outcome = await sendRequest({
    webhookId: webhook.id,
    url: webhook.webhook_url,
    headers: Object.assign({}, headers, ownHeaders),
    body: attempt.body,
    timeoutMs: webhook.timeout_seconds * 1000,
    allow: env().OUTBOUND_ALLOW,
    ownServer: ownInspector(webhook.webhook_url),
  });
  return {
    url: webhook.webhook_url,
    requestHeaders: Object.assign({}, redacted, ownHeaders),
    outcome: redactOutcome(outcome, secretTexts),
  };
}

type ConstantParts = {
  headers: Record<string, string>;
  /** The same headers as they may be stored. */
  redacted: Record<string, string>;
  secretTexts: string[];
};

const known = new WeakMap<WebhookRow, ConstantParts>();

/** What is the same for every request of a webhook as it is now. */
function constantParts(webhook: WebhookRow): ConstantParts {
  const kept = known.get(webhook);
  if (kept) return kept;
  const secrets = webhookSecrets(webhook);
  const given = authHeaders({
    authType: webhook.auth_type as AuthType,
    token: secrets.authToken,
    username: webhook.auth_username,
    password: secrets.authPassword,
    customHeaders: secrets.customHeaders,
  });
  const secretNames = Object.keys(given).filter((name) => !isPlainHeader(name));
  const headers = withBaseHeaders(given);
  const made = {
    headers,
    redacted: redactHeaders(headers, secretNames),
    secretTexts: secretTexts({ secrets, values: secretNames.map((name) => given[name] ?? "") }),
  };
  known.set(webhook, made);
  return made;
}

type SecretSources = { secrets: WebhookSecrets; values: string[] };

// The header values too: a receiver may send back the Basic credentials as they went over the wire.
function secretTexts({ secrets, values }: SecretSources): string[] {
  const { authToken, authPassword, signingSecret, previousSigningSecret } = secrets;
  const texts = [authToken, authPassword, signingSecret, previousSigningSecret].filter(
    (text) => text !== null,
  );
  return [...texts, ...values];
}
