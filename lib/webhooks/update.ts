import { db } from "@/db/client";
import { cancelWebhookDeliveries } from "@/db/queries/attempts";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { saveFlow } from "@/db/queries/flows";
import { makeDue } from "@/db/queries/pending-deliveries";
import { saveWebhook, type WebhookValues } from "@/db/queries/webhooks";
import { requireRole } from "@/lib/auth/actor";
import { refuse } from "@/lib/refusals/refuse";
import { webhookChanges } from "@/lib/webhooks/changes";
import { toColumns } from "@/lib/webhooks/columns";
import { flowAfterEdit, flowAfterHold } from "@/lib/webhooks/flow-after-edit";
import { isHeld } from "@/lib/webhooks/held";
import { keepHeaders } from "@/lib/webhooks/keep-headers";
import { requireSecretsAnew, withoutEmptySecrets } from "@/lib/webhooks/kept-secrets";
import { lockExisting, type OneWebhook } from "@/lib/webhooks/one-webhook";
import { recordChange } from "@/lib/webhooks/record-change";
import { requireConsistent } from "@/lib/webhooks/rules";
import type { WebhookPatch } from "@/lib/webhooks/schema";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";
import { webhookSecrets } from "@/lib/webhooks/webhook-secrets";

type UpdateInput = OneWebhook & { input: WebhookPatch };

/**
 * Changes the fields given and no others; switching off cancels what is pending, switching on ends a pause. A change
 * that changes nothing leaves no trace. Throws forbidden below manager, not_found, and invalid for an authorisation
 * that lacks a field or for a new origin that stored secrets would go to.
 */
export async function updateWebhook({ actor, webhookId, input }: UpdateInput): Promise<WebhookView> {
  requireRole(actor, "manager");
  return db().transaction(async (tx) => {
    const held = await lockExisting(tx, webhookId);
    const { webhook: before, stats } = held;
    const change = withoutEmptySecrets({ input, before });
    requireSecretsAnew({ input: change, before });
    const values = columnsOfUpdate({ input: change, before });
    const changes = webhookChanges({ before, after: { ...before, ...values } });
    if (Object.keys(changes).length === 0) return toWebhookView(held, actor);

    const webhook = await saveWebhook(tx, { id: webhookId, values });
    requireConsistent(webhook);
    await recordChange(tx, { actor, action: "webhook.update", webhook, changes });
    if (before.is_active && !webhook.is_active) {
      await cancelWebhookDeliveries(tx, { webhookId, refusal: refuse("webhook_switched_off") });
    }
    if (isHeld(before) && webhook.is_active) {
      await saveFlow(tx, { webhookId, flow: flowAfterHold() });
      await makeDue(tx, webhookId);
    } else if (stats?.flow)
      await saveFlow(tx, { webhookId, flow: flowAfterEdit({ flow: stats.flow, before, webhook }) });
    return toWebhookView({ webhook, stats }, actor);
  });
}

function columnsOfUpdate({
  input,
  before,
}: {
  input: WebhookPatch;
  before: WebhookRow;
}): Partial<WebhookValues> {
  const given = input.custom_headers;
  const present = webhookSecrets(before).customHeaders;
  const values = toColumns(given ? { ...input, custom_headers: keepHeaders({ given, present }) } : input);
  const isSwitched = input.is_active !== undefined && input.is_active !== before.is_active;
  // A person's decision replaces the product's own reason.
  if (!isSwitched) return values;
  const resumed = isHeld(before) ? { resumed_at: new Date() } : {};
  return { ...values, deactivated_reason: null, pause: null, ...resumed };
}
