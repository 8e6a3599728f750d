import type { Db } from "@/db/client";
import { findWebhook, type WebhookRow } from "@/db/queries/current-webhooks";
import { lockWebhook, type WebhookWithStats } from "@/db/queries/webhooks";
import type { StoredFlow } from "@/db/stored-flow";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { isHeld } from "@/lib/webhooks/held";

/** Who asks for what is done with one webhook. */
export type OneWebhook = { actor: Actor; webhookId: number };

export function noSuchWebhook(webhookId: number): AppError {
  return new AppError("not_found", refuse("no_webhook", { id: webhookId }));
}

/** The webhook as it is stored. Throws not_found. */
export async function existingWebhook(webhookId: number): Promise<WebhookRow> {
  const webhook = await findWebhook(webhookId);
  if (!webhook) throw noSuchWebhook(webhookId);
  return webhook;
}

/** The webhook and its statistics, locked until the transaction ends. Throws not_found. */
export async function lockExisting(tx: Db, webhookId: number): Promise<WebhookWithStats> {
  const locked = await lockWebhook(tx, webhookId);
  if (!locked) throw noSuchWebhook(webhookId);
  return locked;
}

/** As `lockExisting`, for a webhook that is held up. Throws not_found, and conflict when nothing holds it up. */
export async function lockHeldUp(
  tx: Db,
  webhookId: number,
): Promise<{ webhook: WebhookRow; flow: StoredFlow | null }> {
  const { webhook, stats } = await lockExisting(tx, webhookId);
  if (stats?.flow || isHeld(webhook)) return { webhook, flow: stats?.flow ?? null };
  throw notHeldUp(webhook);
}

export function notHeldUp({ name }: WebhookRow): AppError {
  return new AppError("conflict", refuse("not_held_up", { name }));
}
