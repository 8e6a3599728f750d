import { giveUpDeliveries } from "@/db/queries/flows";
import { logger } from "@/lib/logger";

/** Fails the deliveries that have waited for longer than their webhooks outlast an outage. Returns how many. */
export async function giveUp(): Promise<number> {
  const given = await giveUpDeliveries();
  for (const { webhook_id: webhookId, count } of given) {
    logger.warn(
      { webhookId, deliveries: count },
      "deliveries were given up: their receiver was away for too long",
    );
  }
  return given.reduce((sum, { count }) => sum + count, 0);
}
