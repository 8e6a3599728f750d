import { setTimeout as sleep } from "node:timers/promises";
import { ADVISORY_LOCKS } from "@/db/advisory-locks";
import type { Session } from "@/db/client";
import { logger } from "@/lib/logger";

export const ENGINE_CHANNEL = "iiko_webhooks_engine";
const RETRY_MS = 1_000;
// A holder that is frozen, or whose machine is gone without a word, is silent: the database ends its session then.
const SILENCE_SECONDS = 15;
const ANSWER_WITHIN_MS = 10_000;

export type Leadership = { isLeader: () => boolean; stop: () => Promise<void> };

type Options = {
  openSession: () => Promise<Session>;
  onGained: () => void;
  onLost: () => void;
  /** Another process has work for the engine. */
  onNotified: (payload: string) => void;
};

/**
 * Keeps at most one active runner a database: whoever holds a session's advisory lock. The others ask for it
 * every second, and Postgres frees it as soon as the holder's connection ends, however that came about, or the
 * holder has been silent for 15 s. A holder that gets no answer for 10 s stands by.
 */
export function seekLeadership(options: Options): Leadership {
  let isLeader = false;
  let isStopping = false;
  let session: Session | null = null;

  async function seek(): Promise<void> {
    while (!isStopping) {
      await attempt().catch((error) =>
        logger.warn({ err: error }, "the runner's lock could not be asked for"),
      );
      await sleep(RETRY_MS);
    }
  }

  async function attempt(): Promise<void> {
    if (isLeader) return beat();
    session ??= await open();
    const { rows } = await session.query("select pg_try_advisory_lock($1) as held", [ADVISORY_LOCKS.leader]);
    if (rows[0]?.held !== true || isStopping) return;
    await session.query(`listen ${ENGINE_CHANNEL}`);
    isLeader = true;
    logger.info("this process runs the deliveries");
    options.onGained();
  }

  async function open(): Promise<Session> {
    const opened = await options.openSession();
    opened.onNotification(options.onNotified);
    opened.onClose(() => lost(opened));
    // Postgres before 14 does not know it; there the end of the connection alone frees the lock.
    await opened.query(`set idle_session_timeout = '${SILENCE_SECONDS}s'`).catch(() => {});
    return opened;
  }

  async function beat(): Promise<void> {
    const held = session;
    if (!held) return;
    const answered = held.query("select 1").then(
      () => true,
      () => false,
    );
    if (await Promise.race([answered, sleep(ANSWER_WITHIN_MS, false, { ref: false })])) return;
    lost(held);
    void held.close();
  }

  function lost(gone: Session): void {
    if (session !== gone) return;
    session = null;
    if (!isLeader) return;
    isLeader = false;
    logger.warn("the database session that holds the runner's lock ended; standing by");
    options.onLost();
  }

  async function closeSession(): Promise<void> {
    const open = session;
    // Neon's driver never answers who closes a session twice.
    session = null;
    await open?.close();
  }

  const seeking = seek();
  return {
    isLeader: () => isLeader,
    stop: async () => {
      isStopping = true;
      isLeader = false;
      await closeSession();
      await seeking;
      // One that was being opened meanwhile.
      await closeSession();
    },
  };
}
