import { selectAttempts } from "@/db/queries/logs";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import type { WebhookView } from "@/lib/webhooks/view";

/** The newest failed attempt of a webhook: the row of the log that tells more, and what went wrong. */
export type LastFault = { logId: number; code: DeliveryErrorCode | null; message: string };

/** Of the webhooks whose newest attempt failed, that attempt. */
export async function listLastFaults({
  actor,
  webhooks,
}: {
  actor: Actor;
  webhooks: WebhookView[];
}): Promise<Map<number, LastFault>> {
  requireRole(actor, "viewer");
  const faults = await Promise.all(webhooks.filter(isFailing).map(({ id }) => lastFault(id)));
  return new Map(faults.filter((fault) => fault !== null));
}

/** Whether the newest request of a webhook, tests aside, did not succeed. */
export function isFailing({ last_error, last_sent_at, last_success_at }: WebhookView): boolean {
  if (last_error === null || last_sent_at === null) return false;
  return last_success_at === null || last_success_at < last_sent_at;
}

async function lastFault(webhookId: number): Promise<[number, LastFault] | null> {
  const [attempt] = await selectAttempts({
    filter: { webhookId, success: false },
    eventTypes: ORDER_EVENT_NAMES,
    limit: 1,
  });
  if (!attempt) return null;
  const code = attempt.error_code as DeliveryErrorCode | null;
  return [webhookId, { logId: attempt.id, code, message: attempt.error_message ?? "" }];
}
