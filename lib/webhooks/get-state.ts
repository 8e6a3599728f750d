import { selectHealth } from "@/db/queries/health";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type HealthState, healthState } from "./health";

/** How a webhook does; one that is gone is off. */
export async function getState({
  actor,
  webhookId,
}: {
  actor: Actor;
  webhookId: number;
}): Promise<HealthState> {
  requireRole(actor, "viewer");
  const health = (await selectHealth()).find(({ id }) => id === webhookId);
  return health ? healthState(health) : "off";
}
