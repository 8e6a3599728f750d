import { hasOneProcess } from "@/db/client";
import { readWebhooks, type WebhookRow } from "@/db/queries/current-webhooks";
import { latestRevision, webhookChanges } from "@/db/queries/revisions";
import type { MatchingConfig } from "@/lib/webhooks/filters";

export type CurrentWebhooks = {
  revision: number;
  active: WebhookRow[];
  byId: Map<number, WebhookRow>;
};

let cached: CurrentWebhooks | undefined;
let cachedAtChange = -1;

/**
 * The webhooks as they are now. They are read again only when a revision was added, so that matching and
 * sending cost one index probe a batch however many webhooks there are, and none on the embedded database,
 * where this process knows of every change.
 */
export async function currentWebhooks(): Promise<CurrentWebhooks> {
  const change = webhookChanges();
  if (cached && cachedAtChange === change && hasOneProcess()) return cached;
  const revision = await latestRevision();
  if (cached?.revision !== revision) cached = await readCurrent();
  cachedAtChange = change;
  return cached;
}

async function readCurrent(): Promise<CurrentWebhooks> {
  const { revision, webhooks } = await readWebhooks();
  return {
    revision,
    active: webhooks.filter((webhook) => webhook.isActive),
    byId: new Map(webhooks.map((webhook) => [webhook.id, webhook])),
  };
}

/** What decides about matching, in the shape that revisions keep. */
export function matchingConfig(webhook: WebhookRow): MatchingConfig {
  return {
    name: webhook.name,
    is_active: webhook.isActive,
    send_on_order_created: webhook.sendOnOrderCreated,
    send_on_order_updated: webhook.sendOnOrderUpdated,
    send_on_order_status_changed: webhook.sendOnOrderStatusChanged,
    send_on_order_cancelled: webhook.sendOnOrderCancelled,
    filter_organization_ids: webhook.filterOrganizationIds,
    filter_order_types: webhook.filterOrderTypes,
    filter_statuses: webhook.filterStatuses,
  };
}
