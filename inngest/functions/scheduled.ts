import { checkAlerts } from "@/lib/alerts/check";
import { giveUp } from "@/lib/deliveries/give-up";
import { deleteOldLogs } from "@/lib/housekeeping/delete-old-logs";
import { vacuumEmbedded } from "@/lib/housekeeping/vacuum";
import { resumeDue } from "@/lib/webhooks/resume-due";

export type ScheduledFunction = {
  id: string;
  /** How long the embedded engine waits after one turn before the next, the first being at its start. */
  everySeconds: number;
  /**
   * One turn, at most about a minute long; `signal` is aborted when the process stops or the time is up. It may be
   * run again at any time.
   */
  handler: (context: TurnContext) => Promise<unknown>;
};

export type TurnContext = {
  signal: AbortSignal;
  /** Has the engine look at once at webhooks that may send again. */
  wake: (webhookIds: number[]) => Promise<void>;
};

/** What the product does by itself from time to time, on either engine; on Inngest all of it in each turn. */
export const SCHEDULED_FUNCTIONS: ScheduledFunction[] = [
  {
    id: "resume-webhooks",
    everySeconds: 5,
    handler: async ({ wake }) => wake(await resumeDue()),
  },
  {
    id: "give-up-deliveries",
    everySeconds: 30,
    handler: giveUp,
  },
  {
    id: "check-alerts",
    everySeconds: 30,
    handler: () => checkAlerts(),
  },
  {
    id: "delete-old-logs",
    everySeconds: 15 * 60,
    handler: deleteOldLogs,
  },
  {
    id: "vacuum",
    // Often, so that each time is short.
    everySeconds: 10,
    handler: vacuumEmbedded,
  },
];
