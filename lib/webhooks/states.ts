import { selectHealth } from "@/db/queries/health";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type HealthState, healthState } from "./health";
import type { OneWebhook } from "./one-webhook";

/** How each webhook does, by its id. */
export async function webhookStates({ actor }: { actor: Actor }): Promise<Map<number, HealthState>> {
  requireRole(actor, "viewer");
  return new Map((await selectHealth()).map((row) => [row.id, healthState(row)]));
}

/** How a webhook does; one that is gone is off. */
export async function webhookState({ actor, webhookId }: OneWebhook): Promise<HealthState> {
  return (await webhookStates({ actor })).get(webhookId) ?? "off";
}
