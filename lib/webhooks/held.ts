import type { WebhookRow } from "@/db/queries/current-webhooks";

type Paused = Pick<WebhookRow, "is_active" | "pause">;

/** Whether a person paused the webhook and has its orders wait: they are matched, and sent once it is on again. */
export function isHeld({ is_active: isActive, pause }: Paused): boolean {
  return !isActive && pause !== null && pause.holds_orders;
}

/** Whether orders are matched for it: it is on, or its orders wait for it to be. */
export function takesOrders(webhook: Paused): boolean {
  return webhook.is_active || isHeld(webhook);
}
