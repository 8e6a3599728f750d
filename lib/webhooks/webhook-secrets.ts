import type { WebhookRow } from "@/db/queries/current-webhooks";
import { decrypt } from "@/lib/crypto";

export type WebhookSecrets = {
  authToken: string | null;
  authPassword: string | null;
  customHeaders: Record<string, string> | null;
  signingSecret: string | null;
  /** The one before the last rotation, while it still signs along. */
  previousSigningSecret: string | null;
};

const opened = new WeakMap<WebhookRow, WebhookSecrets>();

/** A webhook's secrets in plain text, for sending only. Throws when ENCRYPTION_KEY no longer fits them. */
export function webhookSecrets(webhook: WebhookRow): WebhookSecrets {
  const known = opened.get(webhook);
  if (known) return known;
  const headers = open(webhook.custom_headers_enc);
  const secrets = {
    authToken: open(webhook.auth_token_enc),
    authPassword: open(webhook.auth_password_enc),
    customHeaders: headers === null ? null : (JSON.parse(headers) as Record<string, string>),
    signingSecret: open(webhook.signing_secret_enc),
    previousSigningSecret: open(webhook.previous_signing_secret_enc),
  };
  opened.set(webhook, secrets);
  return secrets;
}

/** The secrets that sign a request at `now`: the current one and, for 24 h after a rotation, the old one. */
export function signingSecrets(webhook: WebhookRow, now: Date): string[] {
  const { signingSecret, previousSigningSecret } = webhookSecrets(webhook);
  const until = webhook.previous_signing_secret_until;
  const isOldValid = previousSigningSecret !== null && until !== null && until > now;
  return [signingSecret, isOldValid ? previousSigningSecret : null].filter((secret) => secret !== null);
}

function open(stored: string | null): string | null {
  return stored === null ? null : decrypt(stored);
}
