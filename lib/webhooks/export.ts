import { db } from "@/db/client";
import { selectWebhooks } from "@/db/queries/webhooks";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { maskUrl } from "@/lib/outbound/mask-url";
import { mapFields, PLAIN_FIELDS } from "@/lib/webhooks/fields";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

/** Webhooks as a file; each of `webhooks` can be sent to POST /api/v1/outgoing-webhooks as it stands. */
export type WebhookFile = {
  exported_at: string;
  webhooks: Record<string, unknown>[];
  /** Of each webhook, in the same order: the fields whose secrets were left out. */
  secrets_left_out: string[][];
};

/**
 * The webhooks of these ids, or all of them, oldest first and without secrets; what is secret in a URL stands as ***.
 * Noted in the audit. Throws forbidden below manager.
 */
export async function exportWebhooks({
  actor,
  webhookIds,
}: {
  actor: Actor;
  webhookIds?: number[] | undefined;
}): Promise<WebhookFile> {
  requireRole(actor, "manager");
  const rows = await selectWebhooks({ ids: webhookIds });
  const views = rows.map((row) => toWebhookView(row, actor)).reverse();
  await recordAudit(db(), {
    actor,
    action: "webhook.export",
    subject: { kind: "webhook", id: "", name: namesOf(views) },
  });
  return {
    exported_at: new Date().toISOString(),
    webhooks: views.map((view) => ({
      ...mapFields(PLAIN_FIELDS, (name) => view[name]),
      webhook_url: maskUrl(view.webhook_url),
    })),
    secrets_left_out: views.map(secretsOf),
  };
}

const SHOWN_CHARS = 500;

function namesOf(views: WebhookView[]): string {
  const names = views.map(({ name }) => name).join(", ");
  return names.length > SHOWN_CHARS ? `${names.slice(0, SHOWN_CHARS)}… (${views.length})` : names;
}

function secretsOf(view: WebhookView): string[] {
  const { auth_token, auth_password, signing_secret, custom_headers, webhook_url } = view;
  const texts = Object.entries({ auth_token, auth_password, signing_secret });
  return [
    ...(maskUrl(webhook_url) === webhook_url ? [] : ["webhook_url"]),
    ...texts.filter(([, value]) => value !== null).map(([name]) => name),
    ...Object.keys(custom_headers ?? {}).map((name) => `custom_headers.${name}`),
  ];
}
