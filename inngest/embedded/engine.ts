import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "@/db/client";
import { notifyEngine } from "@/db/queries/pending-deliveries";
import { SCHEDULED_FUNCTIONS } from "@/inngest/functions/scheduled";
import { type Acceptance, createIntake, type StoredEvents } from "@/lib/deliveries/intake";
import { matchBeforeStoring } from "@/lib/deliveries/match";
import { logger } from "@/lib/logger";
import { ENGINE_CHANNEL, type Leadership, seekLeadership } from "./leadership";
import { type Matcher, startMatcher } from "./matcher";
import { type Schedule, startSchedule } from "./schedule";
import { type Sender, startSender } from "./sender";

export type EmbeddedEngine = {
  /** Keeps order events durably; answers after the commit. Throws when the database is away. */
  accept: (raw: Iterable<unknown>) => Promise<Acceptance[]>;
  /** Goes on with order events that were stored elsewhere. */
  goOn: (stored: StoredEvents) => void;
  /** Sends what these webhooks have to be sent: deliveries that were stored as pending. */
  wake: (webhookIds: number[]) => Promise<void>;
  /** `active` runs the deliveries, `standby` waits for the process that does. */
  state: () => "active" | "standby";
  inProgress: () => number;
  stop: () => Promise<void>;
};

type Work = { matcher: Matcher; sender: Sender; schedule: Schedule };

const GRACE_MS = 25_000;
const MATCH = "match";

/** Starts the embedded engine on the open database; on Postgres it first stands by for the engine's lock. */
export function startEmbeddedEngine(database: Database): EmbeddedEngine {
  let work: Work | null = null;
  let leadership: Leadership | null = null;
  if (database.openSession === null) work = startWork();
  else {
    leadership = seekLeadership({
      openSession: database.openSession,
      onGained: () => {
        work = startWork();
      },
      onLost: () => {
        if (work) void stopWork(work, 0);
        work = null;
      },
      onNotified: (payload) => {
        if (payload === MATCH) work?.matcher.wake();
        else work?.sender.wake([Number(payload)]);
      },
    });
  }

  function startWork(): Work {
    const sender = startSender();
    return {
      sender,
      matcher: startMatcher({ onStored: sender.offer }),
      schedule: startSchedule({
        functions: SCHEDULED_FUNCTIONS,
        wake: async (webhookIds) => sender.wake(webhookIds),
      }),
    };
  }

  async function wake(webhookIds: number[]): Promise<void> {
    if (work) work.sender.wake(webhookIds);
    else await notifyEngine({ channel: ENGINE_CHANNEL, payloads: webhookIds.map(String) });
  }

  async function handOn({ unmatched, deliveries }: StoredEvents): Promise<void> {
    if (!work) {
      if (unmatched.length > 0) await notifyEngine({ channel: ENGINE_CHANNEL, payloads: [MATCH] });
      return;
    }
    work.matcher.offer(unmatched);
    // Who sent the events is answered first.
    await nextTurn();
    work?.sender.offer(deliveries);
  }

  const accept = createIntake({
    // Behind events that are still to be matched, others wait for their turn.
    match: async (events) => (work?.matcher.isIdle() ? matchBeforeStoring(events) : null),
    onStored: goOn,
  });

  function goOn(stored: StoredEvents): void {
    handOn(stored).catch((error) =>
      logger.warn({ err: error }, "the engine could not be told of new events; it finds them by itself"),
    );
  }

  return {
    accept,
    goOn,
    wake,
    state: () => (work ? "active" : "standby"),
    inProgress: () => work?.sender.inProgress() ?? 0,
    stop: async () => {
      if (work) await stopWork(work, GRACE_MS);
      work = null;
      await leadership?.stop();
    },
  };
}

async function stopWork({ matcher, sender, schedule }: Work, graceMs: number): Promise<void> {
  await Promise.all([matcher.stop(), sender.stop(graceMs), schedule.stop()]);
}
