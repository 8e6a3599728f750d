import { hasOneProcess } from "@/db/client";
import { readWebhooks, type WebhookRow } from "@/db/queries/current-webhooks";
import { latestRevision, webhookChanges } from "@/db/queries/revisions";
import { MATCHING_FIELDS, mapFields } from "@/lib/webhooks/fields";
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
    active: webhooks.filter((webhook) => webhook.is_active),
    byId: new Map(webhooks.map((webhook) => [webhook.id, webhook])),
  };
}

/** What decides about matching, in the shape that revisions keep. */
export function matchingConfig(webhook: WebhookRow): MatchingConfig {
  return mapFields(MATCHING_FIELDS, (name) => webhook[name]) as MatchingConfig;
}
