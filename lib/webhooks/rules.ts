import type { WebhookRow } from "@/db/queries/current-webhooks";
import { type AuthType, validateAuth } from "@/lib/outbound/auth-headers";
import { invalid } from "@/lib/parse-input";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

/** What a webhook must fulfil as a whole: its kind of authorisation has what it needs. Throws `invalid`. */
export function requireConsistent(webhook: WebhookRow): void {
  const { authToken, authPassword, customHeaders } = webhookSecrets(webhook);
  const errors = validateAuth({
    authType: webhook.auth_type as AuthType,
    token: authToken,
    username: webhook.auth_username,
    password: authPassword,
    customHeaders,
  });
  if (errors.length > 0) throw invalid(errors);
}
