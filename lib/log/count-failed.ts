import { countFailedDeliveries, type FailedCount, type FailedFilter } from "@/db/queries/resends";
import { type Actor, requireRole } from "@/lib/auth/actor";

/** No webhook is counted further: beyond it a person only needs to know that there are more. */
export const MAX_FAILED_COUNT = 10_000;

/** How many deliveries `resendFailed` would send again, by webhook, most first; each up to `MAX_FAILED_COUNT`. */
export function countFailed({
  actor,
  ...filter
}: FailedFilter & { actor: Actor; webhookId?: number | undefined }): Promise<FailedCount[]> {
  requireRole(actor, "manager");
  return countFailedDeliveries({ ...filter, limit: MAX_FAILED_COUNT });
}
