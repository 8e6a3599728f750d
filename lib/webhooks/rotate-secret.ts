import { db } from "@/db/client";
import { lockWebhook, saveWebhook } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { encrypt } from "@/lib/crypto";
import { generateSigningSecret } from "@/lib/outbound/sign";
import { webhookChanges } from "@/lib/webhooks/changes";
import { noSuchWebhook } from "@/lib/webhooks/get";
import { recordChange } from "@/lib/webhooks/record-change";

const OVERLAP_MS = 24 * 60 * 60 * 1000;

/**
 * Gives a webhook a new signing secret and answers it, this once; the old one signs along for 24 h (contract 3).
 * Throws forbidden below manager, and not_found.
 */
export async function rotateSecret({
  actor,
  webhookId,
}: {
  actor: Actor;
  webhookId: number;
}): Promise<string> {
  requireRole(actor, "manager");
  const secret = generateSigningSecret();
  await db().transaction(async (tx) => {
    const held = await lockWebhook(tx, webhookId);
    if (!held) throw noSuchWebhook(webhookId);
    const previous = held.webhook.signing_secret_enc;
    const webhook = await saveWebhook(tx, {
      id: webhookId,
      values: {
        signing_secret_enc: encrypt(secret),
        previous_signing_secret_enc: previous,
        previous_signing_secret_until: previous === null ? null : new Date(Date.now() + OVERLAP_MS),
      },
    });
    const changes = webhookChanges({ before: held.webhook, after: webhook });
    await recordChange(tx, { actor, action: "webhook.rotate_secret", webhook, changes });
  });
  return secret;
}
