import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { StoredFlow } from "@/db/stored-flow";

/**
 * What holds up a webhook once a person has edited it: nothing when it was switched off or outlasts no outage any
 * more; one that is down is probed at once, for the edit may have mended it, and a pause that another address asked for
 * is over.
 */
export function flowAfterEdit({
  flow,
  before,
  webhook,
}: {
  flow: StoredFlow;
  before: WebhookRow;
  webhook: WebhookRow;
}): StoredFlow | null {
  if (!webhook.is_active) return null;
  const now = Date.now();
  if (flow.down_since === null) return before.webhook_url === webhook.webhook_url ? flow : flowAfterHold(now);
  const isDown = webhook.give_up_after_minutes > 0;
  return isDown ? { ...flow, paused_until: null, next_probe_at: now } : flowAfterHold(now);
}

/**
 * What holds up a webhook once its orders are held no more: nothing, but they begin with one request at once, as after
 * a pause.
 */
export function flowAfterHold(now = Date.now()): StoredFlow {
  return {
    paused_until: now,
    pauses: 1,
    down_since: null,
    down_reason: null,
    probes: 0,
    next_probe_at: null,
  };
}
