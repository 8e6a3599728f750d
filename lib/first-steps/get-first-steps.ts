import { selectFirstSteps } from "@/db/queries/first-steps";
import { alertChannels } from "@/lib/alerts/channels";
import { readAlertSettings } from "@/lib/alerts/stored-settings";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { secrets } from "@/lib/secrets";

export type FirstStep = "event" | "webhook" | "delivery" | "alerts";

export type FirstSteps = {
  done: Record<FirstStep, boolean>;
  /** A part of the address that orders are sent to; for admins, until the first has come. */
  eventKey: string | null;
};

/** How far a new product has come, by what the database holds. Throws forbidden below manager. */
export async function getFirstSteps({ actor }: { actor: Actor }): Promise<FirstSteps> {
  requireRole(actor, "manager");
  const [found, stored] = await Promise.all([selectFirstSteps(), readAlertSettings()]);
  // The event may be deleted by its age since.
  const hasEvent = found.has_event || found.has_success;
  return {
    done: {
      event: hasEvent,
      webhook: found.has_webhook,
      delivery: found.has_success,
      alerts: alertChannels(env(), stored).some(({ isOn }) => isOn),
    },
    eventKey: hasRole(actor, "admin") && !hasEvent ? secrets().EVENT_KEY : null,
  };
}
