import type { WebhookRow } from "@/db/queries/current-webhooks";
import { type AuthType, validateAuth } from "@/lib/outbound/auth-headers";
import { invalid } from "@/lib/parse-input";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

/** What a webhook must fulfil as a whole: its kind of authorisation has what it needs. Throws `invalid`. */
export function requireConsistent(webhook: WebhookRow): void {
  const { authToken, authPassword, customHeaders } = webhookSecrets(webhook);
  const errors = validateAuth({
    authType: webhook.authType as AuthType,
    token: authToken,
    username: webhook.authUsername,
    password: authPassword,
    customHeaders,
  });
  if (webhook.authType === "basic" && authPassword === null) {
    errors.push({ path: "auth_password", message: "Basic authorization needs a password." });
  }
  if (errors.length > 0) throw invalid(errors);
}
