import { selectWebhooks } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type Page, readPage } from "@/lib/http/cursor";
import type { WebhookListQuery } from "@/lib/webhooks/list-query";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

/**
 * Webhooks with their statistics, newest first: all, or only those that are switched on or off; without a limit all
 * at once. Throws invalid for a bad cursor.
 */
export async function listWebhooks({
  actor,
  query = {},
}: {
  actor: Actor;
  query?: WebhookListQuery;
}): Promise<Page<WebhookView>> {
  requireRole(actor, "viewer");
  const { is_active: isActive, limit, cursor } = query;
  const { items, nextCursor } = await readPage({
    kind: "webhooks",
    limit,
    cursor,
    read: (beforeId) =>
      selectWebhooks({ isActive, beforeId, limit: limit === undefined ? undefined : limit + 1 }),
    positionOf: ({ webhook }) => webhook.id,
  });
  return { items: items.map((row) => toWebhookView(row, actor)), nextCursor };
}
