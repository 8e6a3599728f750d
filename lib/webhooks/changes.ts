import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { AuditChanges } from "@/lib/audit/record-audit";
import { SET } from "@/lib/webhooks/field-kinds";
import { PLAIN_FIELDS } from "@/lib/webhooks/fields";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

/** What differs between two states of a webhook, by the wire's names; a secret only as set, replaced or cleared. */
export function webhookChanges({
  before,
  after,
}: {
  before: WebhookRow | null;
  after: WebhookRow;
}): AuditChanges {
  return { ...plainChanges({ before, after }), ...secretChanges({ before, after }) };
}

function plainChanges({ before, after }: { before: WebhookRow | null; after: WebhookRow }): AuditChanges {
  const changed = PLAIN_FIELDS.map((field) => ({
    field,
    from: before?.[field] ?? null,
    to: after[field],
  })).filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
  return Object.fromEntries(changed.map(({ field, from, to }) => [field, { from, to }]));
}

function secretChanges({ before, after }: { before: WebhookRow | null; after: WebhookRow }): AuditChanges {
  const old = before && secretTexts(before);
  const changed = Object.entries(secretTexts(after)).flatMap(([field, to]) => {
    const from = old?.[field] ?? null;
    return from === to ? [] : [{ field, from: from === null ? null : SET, to: verb({ from, to }) }];
  });
  return Object.fromEntries(changed.map(({ field, from, to }) => [field, { from, to }]));
}

function secretTexts(webhook: WebhookRow): Record<string, string | null> {
  const { authToken, authPassword, customHeaders, signingSecret } = webhookSecrets(webhook);
  return {
    auth_token: authToken,
    auth_password: authPassword,
    custom_headers: customHeaders && JSON.stringify(customHeaders),
    signing_secret: signingSecret,
  };
}

function verb({ from, to }: { from: string | null; to: string | null }): "set" | "replaced" | "cleared" {
  if (to === null) return "cleared";
  return from === null ? "set" : "replaced";
}
