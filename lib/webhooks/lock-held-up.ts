import type { Db } from "@/db/client";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { lockWebhook } from "@/db/queries/webhooks";
import type { StoredFlow } from "@/db/stored-flow";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { noSuchWebhook } from "@/lib/webhooks/get";
import { isHeld } from "@/lib/webhooks/held";

/** A webhook that is held up, locked as by `lockWebhook`. Throws not_found, and conflict when nothing holds it up. */
export async function lockHeldUp(
  tx: Db,
  webhookId: number,
): Promise<{ webhook: WebhookRow; flow: StoredFlow | null }> {
  const held = await lockWebhook(tx, webhookId);
  if (!held) throw noSuchWebhook(webhookId);
  const { webhook, stats } = held;
  if (stats?.flow || isHeld(webhook)) return { webhook, flow: stats?.flow ?? null };
  throw new AppError("conflict", refuse("not_held_up", { name: webhook.name }));
}
