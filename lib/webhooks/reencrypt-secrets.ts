import { type Db, db } from "@/db/client";
import { readWebhooks, type WebhookRow } from "@/db/queries/current-webhooks";
import { lockWebhook, replaceSecrets, SECRET_COLUMNS, type SecretColumns } from "@/db/queries/webhooks";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { decrypt, encrypt, needsReencryption } from "@/lib/crypto";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { messageOf } from "@/lib/text";

export type Reencrypted = { webhooks: number; reencrypted: number };

/**
 * Encrypts every webhook's secrets anew under the first key of ENCRYPTION_KEY, so that the older ones can be taken
 * out. Answers how many webhooks there are and how many were changed; run again it changes nothing. Throws
 * forbidden below admin, and conflict naming a webhook whose key ENCRYPTION_KEY lacks: the ones before it are done.
 */
export async function reencryptSecrets({ actor }: { actor: Actor }): Promise<Reencrypted> {
  requireRole(actor, "admin");
  const { webhooks } = await readWebhooks();
  let reencrypted = 0;
  for (const { id } of webhooks) {
    const isChanged = await db().transaction((tx) => reencryptWebhook(tx, { actor, webhookId: id }));
    if (isChanged) reencrypted += 1;
  }
  return { webhooks: webhooks.length, reencrypted };
}

type Target = { actor: Actor; webhookId: number };

// Not a change of the webhook: it gets no revision, and its time of change stays.
async function reencryptWebhook(tx: Db, { actor, webhookId }: Target): Promise<boolean> {
  const held = await lockWebhook(tx, webhookId);
  if (!held) return false;
  const values = underPresentKey(held.webhook);
  if (Object.keys(values).length === 0) return false;
  await replaceSecrets(tx, { id: webhookId, values });
  await recordAudit(tx, {
    actor,
    action: "webhook.reencrypt",
    subject: { kind: "webhook", id: webhookId, name: held.webhook.name },
  });
  return true;
}

function underPresentKey(webhook: WebhookRow): Partial<SecretColumns> {
  const values: Partial<SecretColumns> = {};
  for (const column of SECRET_COLUMNS) {
    const stored = webhook[column];
    if (stored === null || !needsReencryption(stored)) continue;
    values[column] = encrypt(opened({ stored, webhook }));
  }
  return values;
}

function opened({ stored, webhook }: { stored: string; webhook: WebhookRow }): string {
  try {
    return decrypt(stored);
  } catch (error) {
    const reason = messageOf(error);
    throw new AppError(
      "conflict",
      refuse("secrets_unreadable", { id: webhook.id, name: webhook.name, reason }),
    );
  }
}
