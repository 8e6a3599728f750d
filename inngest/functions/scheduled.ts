import { checkAlerts } from "@/lib/alerts/check";
import type { StartedDelivery } from "@/lib/deliveries/dispatch";
import { sweepLostDeliveries } from "@/lib/deliveries/sweep-lost";
import { deleteOldLogs } from "@/lib/housekeeping/delete-old-logs";

export type ScheduleContext = {
  engine: "embedded" | "inngest";
  /** Starts deliveries that are stored as pending (inngest/send). */
  startDeliveries: (deliveries: StartedDelivery[]) => Promise<void>;
  /** Aborted when the process stops or the time is up: end soon, the next turn goes on. */
  signal: AbortSignal;
};

export type ScheduledFunction = {
  id: string;
  /** When Inngest runs it. */
  cron: string;
  /** How long the embedded engine waits after one turn before the next; the first is at its start. */
  everySeconds: number;
  /** One turn, at most about a minute long. It may be run again at any time. */
  handler: (context: ScheduleContext) => Promise<unknown>;
};

// A run in the embedded engine's table is proof that a delivery goes on. Inngest cannot be asked, and what it
// has queued is overdue without being lost; asking it twice within 24 h is once.
const OVERDUE_SECONDS = { embedded: 60, inngest: 15 * 60 };

/** What the product does by itself from time to time, on either engine. */
export const SCHEDULED_FUNCTIONS: ScheduledFunction[] = [
  {
    id: "sweep-lost-deliveries",
    cron: "* * * * *",
    everySeconds: 60,
    handler: ({ engine, startDeliveries, signal }) =>
      sweepLostDeliveries({ overdueSeconds: OVERDUE_SECONDS[engine], startDeliveries, signal }),
  },
  {
    id: "delete-old-logs",
    cron: "*/15 * * * *",
    everySeconds: 15 * 60,
    handler: ({ signal }) => deleteOldLogs({ signal }),
  },
  {
    id: "check-alerts",
    cron: "* * * * *",
    everySeconds: 30,
    handler: () => checkAlerts(),
  },
];
