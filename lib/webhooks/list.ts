import { selectWebhooks } from "@/db/queries/webhooks";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { decodeCursor, encodeCursor } from "@/lib/http/cursor";
import type { WebhookListQuery } from "@/lib/webhooks/list-query";
import { toWebhookView, type WebhookView } from "@/lib/webhooks/view";

export type WebhookPage = { webhooks: WebhookView[]; nextCursor: string | null };

/**
 * Webhooks with their statistics, newest first: all, or only those that are switched on or off; without a limit all
 * at once. `nextCursor` opens the next page, null at the end. Throws invalid for a bad cursor.
 */
export async function listWebhooks({
  actor,
  query = {},
}: {
  actor: Actor;
  query?: WebhookListQuery;
}): Promise<WebhookPage> {
  requireRole(actor, "viewer");
  const { is_active: isActive, limit, cursor } = query;
  const found = await selectWebhooks({
    isActive,
    beforeId: cursor === undefined ? undefined : decodeCursor({ kind: "webhooks", cursor }),
    limit: limit === undefined ? undefined : limit + 1,
  });
  const webhooks = found.slice(0, limit).map((row) => toWebhookView(row, actor));
  const last = webhooks.at(-1);
  const hasNext = webhooks.length < found.length && last !== undefined;
  return { webhooks, nextCursor: hasNext ? encodeCursor({ kind: "webhooks", position: last.id }) : null };
}
