import { type Db, db } from "@/db/client";
import { insertWebhook } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { makeOnce } from "@/lib/make-once";
import { webhookChanges } from "@/lib/webhooks/changes";
import { toColumns } from "@/lib/webhooks/columns";
import { recordChange } from "@/lib/webhooks/record-change";
import { requireConsistent } from "@/lib/webhooks/rules";
import type { WebhookCreate } from "@/lib/webhooks/schema";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

/** Makes a webhook. Throws forbidden below manager, and invalid when its authorisation lacks a field. */
export async function createWebhook({
  actor,
  input,
}: {
  actor: Actor;
  input: WebhookCreate;
}): Promise<WebhookView> {
  return db().transaction((tx) => createWebhookIn(tx, { actor, input }));
}

/** As `createWebhook`, for a form, which may send the same again when no answer came: it makes one webhook. */
export async function createWebhookOnce({
  actor,
  input,
  formKey,
}: {
  actor: Actor;
  input: WebhookCreate;
  formKey: string | undefined;
}): Promise<void> {
  requireRole(actor, "manager");
  const make = async (tx: Db) => [(await createWebhookIn(tx, { actor, input })).id];
  await makeOnce({ userId: actor.id, formKey, make });
}

/** As `createWebhook`, in a transaction that makes more than this one. */
export async function createWebhookIn(
  tx: Db,
  { actor, input }: { actor: Actor; input: WebhookCreate },
): Promise<WebhookView> {
  requireRole(actor, "manager");
  const made = await insertWebhook(tx, toColumns(input));
  requireConsistent(made.webhook);
  const changes = webhookChanges({ before: null, after: made.webhook });
  await recordChange(tx, { actor, action: "webhook.create", webhook: made.webhook, changes });
  return toWebhookView(made, actor);
}
