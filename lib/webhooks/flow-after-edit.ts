import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { StoredFlow } from "@/db/stored-flow";

/**
 * What holds up a webhook once a person has edited it: nothing when it was switched off or outlasts no outage any
 * more; one that is down is probed at once, for the edit may have mended it.
 */
export function flowAfterEdit({
  flow,
  webhook,
}: {
  flow: StoredFlow;
  webhook: WebhookRow;
}): StoredFlow | null {
  if (!webhook.is_active) return null;
  if (flow.down_since === null) return flow;
  return webhook.give_up_after_minutes === 0 ? null : { ...flow, next_probe_at: Date.now() };
}

/** What holds up a webhook once its orders are held no more: nothing, but they begin with one request at once, as after a pause. */
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
