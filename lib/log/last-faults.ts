import { selectHealth } from "@/db/queries/health";
import { selectAttempts } from "@/db/queries/logs";
import type { StoredRefusal } from "@/db/stored-refusal";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { shownTo } from "@/lib/log/shown-to";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import { isFailing } from "@/lib/webhooks/health";
import type { WebhookView } from "@/lib/webhooks/view";

/** The newest failed attempt of a webhook: the row of the log that tells more, and what went wrong. */
export type LastFault = { logId: number; code: DeliveryErrorCode | null; fault: StoredRefusal | null };

/** Of the webhooks whose newest request failed, that attempt. */
export async function listLastFaults({
  actor,
  webhooks,
}: {
  actor: Actor;
  webhooks: WebhookView[];
}): Promise<Map<number, LastFault>> {
  requireRole(actor, "viewer");
  const shown = new Set(webhooks.map(({ id }) => id));
  const failing = (await selectHealth()).filter((health) => shown.has(health.id) && isFailing(health));
  const faults = await Promise.all(
    failing.map(async ({ id }) => [id, await lastFault({ actor, id })] as const),
  );
  return new Map(faults.filter((found): found is [number, LastFault] => found[1] !== null));
}

/** The newest failed attempt of a webhook, tests aside, as the actor may see it; null when the log has none. */
export async function lastFault({ actor, id }: { actor: Actor; id: number }): Promise<LastFault | null> {
  const filter = { webhookId: id, success: false };
  const [failed] = await selectAttempts({ filter, eventTypes: ORDER_EVENT_NAMES, limit: 1 });
  if (!failed) return null;
  const { error_code, fault } = shownTo(actor, failed);
  return { logId: failed.id, code: error_code as DeliveryErrorCode | null, fault };
}
