import type { WebhookRow } from "@/db/queries/current-webhooks";
import { fieldError } from "@/lib/errors";
import type { AuthType } from "@/lib/outbound/auth-headers";
import { invalid } from "@/lib/parse-input";
import { SET } from "@/lib/webhooks/field-kinds";
import { AUTH_FIELDS } from "@/lib/webhooks/fields";
import { movedOrigin } from "@/lib/webhooks/moved-origin";
import type { WebhookPatch } from "@/lib/webhooks/schema";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

type Change = { input: WebhookPatch; before: WebhookRow };

const KEPT_WHEN_EMPTY = ["auth_token", "auth_password", "custom_headers"] as const;

/**
 * The change without the secrets that it leaves empty although the kind of authorisation in use needs them: forms,
 * iiko-base's among them, send back empty what they could not show (contract 3).
 */
export function withoutEmptySecrets({ input, before }: Change): WebhookPatch {
  const inUse: readonly string[] = AUTH_FIELDS[input.auth_type ?? (before.auth_type as AuthType)];
  const kept: readonly string[] = KEPT_WHEN_EMPTY.filter(
    (field) => inUse.includes(field) && isEmpty(input[field]),
  );
  return Object.fromEntries(Object.entries(input).filter(([field]) => !kept.includes(field)));
}

/**
 * Throws `invalid` when a change sends a stored secret to another origin than it was given for: whoever may change the
 * address could otherwise read it there. Secrets are typed anew, or taken away. A signing secret is never sent.
 */
export function requireSecretsAnew({ input, before }: Change): void {
  if (input.webhook_url === undefined) return;
  const refusal = movedOrigin({ from: before.webhook_url, to: input.webhook_url });
  if (!refusal) return;
  const errors = keptSecrets({ input, before }).map((path) => fieldError(path, refusal));
  if (errors.length > 0) throw invalid(errors);
}

/** The stored secrets that the change keeps, each header by its name. */
function keptSecrets({ input, before }: Change): string[] {
  const { authToken, authPassword, customHeaders } = webhookSecrets(before);
  const headers = Object.keys(customHeaders ?? {});
  const given = input.custom_headers;
  const keptHeaders =
    given === undefined
      ? headers
      : Object.entries(given ?? {})
          .filter(([, value]) => value === SET)
          .map(([name]) => name);
  return [
    ...(authToken !== null && input.auth_token === undefined ? ["auth_token"] : []),
    ...(authPassword !== null && input.auth_password === undefined ? ["auth_password"] : []),
    ...keptHeaders.map((name) => `custom_headers.${name}`),
  ];
}

function isEmpty(given: string | Record<string, string> | null | undefined): boolean {
  return given === null || (typeof given === "object" && Object.keys(given).length === 0);
}
