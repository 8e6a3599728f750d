import { checkAlerts } from "@/lib/alerts/check";
import type { StartedDelivery } from "@/lib/deliveries/dispatch";
import { sweepLostDeliveries } from "@/lib/deliveries/sweep-lost";
import { deleteOldLogs } from "@/lib/housekeeping/delete-old-logs";
import { vacuumEmbedded } from "@/lib/housekeeping/vacuum";

export type ScheduleContext = {
  /** Starts deliveries that are stored as pending (inngest/send). */
  startDeliveries: (deliveries: StartedDelivery[]) => Promise<void>;
  /** Aborted when the process stops or the time is up: end soon, the next turn goes on. */
  signal: AbortSignal;
};

export type ScheduledFunction = {
  id: string;
  /** When Inngest runs it. */
  cron: string;
  /** How long the embedded engine waits after one turn before the next, the first being at its start; null: never. */
  everySeconds: number | null;
  /** One turn, at most about a minute long. It may be run again at any time. */
  handler: (context: ScheduleContext) => Promise<unknown>;
};

/** What the product does by itself from time to time, on either engine. */
export const SCHEDULED_FUNCTIONS: ScheduledFunction[] = [
  {
    id: "sweep-lost-deliveries",
    cron: "* * * * *",
    // The embedded engine's queue is the pending deliveries themselves.
    everySeconds: null,
    handler: sweepLostDeliveries,
  },
  {
    id: "delete-old-logs",
    cron: "*/15 * * * *",
    everySeconds: 15 * 60,
    handler: ({ signal }) => deleteOldLogs({ signal }),
  },
  {
    id: "vacuum",
    cron: "*/5 * * * *",
    // Often, so that each time is short.
    everySeconds: 10,
    handler: vacuumEmbedded,
  },
  {
    id: "check-alerts",
    cron: "* * * * *",
    everySeconds: 30,
    handler: () => checkAlerts(),
  },
];
