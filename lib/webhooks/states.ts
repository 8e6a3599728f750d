import { selectHealth } from "@/db/queries/health";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { type HealthState, healthState } from "./health";

/** How each webhook does, by its id. */
export async function webhookStates({ actor }: { actor: Actor }): Promise<Map<number, HealthState>> {
  requireRole(actor, "viewer");
  return new Map((await selectHealth()).map((row) => [row.id, healthState(row)]));
}
