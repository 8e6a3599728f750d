import { hasOneProcess } from "@/db/client";
import { readWebhooks, type WebhookRow } from "@/db/queries/current-webhooks";
import { latestRevision, webhookChanges } from "@/db/queries/revisions";
import { MATCHING_FIELDS, mapFields } from "@/lib/webhooks/fields";
import type { MatchingConfig } from "@/lib/webhooks/filters";
import { takesOrders } from "@/lib/webhooks/held";

export type CurrentWebhooks = {
  revision: number;
  /** Those that orders are matched for; to matching, one whose orders are held is on. */
  active: WebhookRow[];
  byId: Map<number, WebhookRow>;
};

let cached: CurrentWebhooks | undefined;
let cachedAtChange = -1;
let checkedAt = Number.NEGATIVE_INFINITY;

/**
 * The webhooks as they are now. They are read again only when a revision was added, so that matching and
 * sending cost one index probe a batch however many webhooks there are, and none on the embedded database,
 * where this process knows of every change.
 */
export async function currentWebhooks(): Promise<CurrentWebhooks> {
  const change = webhookChanges();
  if (cached && cachedAtChange === change && hasOneProcess()) return cached;
  const startedAt = performance.now();
  const revision = await revisionNow();
  if (cached?.revision !== revision) cached = await readCurrent();
  cachedAtChange = change;
  checkedAt = startedAt;
  return cached;
}

// A request that is under way when a webhook changes is not called back either.
const RECENT_MS = 40;
const ASK_AFTER_MS = 20;

/** The webhooks as they were 40 ms ago at the most: enough to send by, not to end a delivery by. */
export async function recentWebhooks(): Promise<CurrentWebhooks> {
  const ageMs = performance.now() - checkedAt;
  if (!cached || cachedAtChange !== webhookChanges() || ageMs >= RECENT_MS) return currentWebhooks();
  // Asked before the answer is needed, so that no request waits for it.
  if (ageMs >= ASK_AFTER_MS && !asking) void currentWebhooks().catch(() => {});
  return cached;
}

let asking: Promise<number> | null = null;
let askedNext: Promise<number> | null = null;

/** The newest revision by a statement that begins after this call; calls while one is under way share the next. */
function revisionNow(): Promise<number> {
  if (!asking) {
    asking = latestRevision().finally(() => {
      asking = null;
    });
    return asking;
  }
  askedNext ??= asking
    .catch(() => 0)
    .then(() => {
      askedNext = null;
      return revisionNow();
    });
  return askedNext;
}

async function readCurrent(): Promise<CurrentWebhooks> {
  const { revision, webhooks } = await readWebhooks();
  return {
    revision,
    active: webhooks.filter(takesOrders).map((webhook) => ({ ...webhook, is_active: true })),
    byId: new Map(webhooks.map((webhook) => [webhook.id, webhook])),
  };
}

/** What decides about matching, in the shape that revisions keep. */
export function matchingConfig(webhook: WebhookRow): MatchingConfig {
  const matched = { ...webhook, is_active: takesOrders(webhook) };
  return mapFields(MATCHING_FIELDS, (name) => matched[name]) as MatchingConfig;
}
