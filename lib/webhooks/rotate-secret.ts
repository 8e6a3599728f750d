import { db } from "@/db/client";
import { saveWebhook } from "@/db/queries/webhooks";
import { requireRole } from "@/lib/auth/actor";
import { encrypt } from "@/lib/crypto";
import { generateSigningSecret } from "@/lib/outbound/sign";
import { webhookChanges } from "@/lib/webhooks/changes";
import { lockExisting, type OneWebhook } from "@/lib/webhooks/one-webhook";
import { recordChange } from "@/lib/webhooks/record-change";

const OVERLAP_MS = 24 * 60 * 60 * 1000;

/**
 * Gives a webhook a new signing secret and answers it, this once; the old one signs along for 24 h (contract 3).
 * Throws forbidden below manager, and not_found.
 */
export async function rotateSecret({ actor, webhookId }: OneWebhook): Promise<string> {
  requireRole(actor, "manager");
  const secret = generateSigningSecret();
  await db().transaction(async (tx) => {
    const { webhook: before } = await lockExisting(tx, webhookId);
    const previous = before.signing_secret_enc;
    const webhook = await saveWebhook(tx, {
      id: webhookId,
      values: {
        signing_secret_enc: encrypt(secret),
        previous_signing_secret_enc: previous,
        previous_signing_secret_until: previous === null ? null : new Date(Date.now() + OVERLAP_MS),
      },
    });
    const changes = webhookChanges({ before, after: webhook });
    await recordChange(tx, { actor, action: "webhook.rotate_secret", webhook, changes });
  });
  return secret;
}
