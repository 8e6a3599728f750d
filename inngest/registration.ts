import { setTimeout as sleep } from "node:timers/promises";
import { NextRequest } from "next/server";
import { processWide } from "@/db/process-wide";
import { logger } from "@/lib/logger";
import { isInngestCloud, isInngestConfigured, isInngestDev, pinnedServeOrigin } from "./client";
import { SERVE_PATH, serveFunctions } from "./serve";

/** How long to wait before the next registration, in ms. */
export type Pace = { afterFailureMs: number; atMostMs: number; afterSuccessMs: number };

type Registration = { wasMade: boolean; fault: string | null; stop: AbortController | null };

// A server that was restarted with an empty store knows no function: it is told again before anyone misses it.
const PACE: Pace = { afterFailureMs: 1_000, atMostMs: 15_000, afterSuccessMs: 30_000 };

const NOT_PINNED =
  "Inngest is not told where to call: set INNGEST_SERVE_ORIGIN to the address at which Inngest reaches this product, or APP_URL.";

const registration = processWide<Registration>("inngest-registration", () => ({
  wasMade: false,
  fault: null,
  stop: null,
}));

/**
 * Registers the functions with Inngest at the pinned address, again and again until Inngest takes them; then every
 * half minute, so that one which has forgotten them learns them again. Inngest Cloud forgets nothing and is told once.
 * A dev server finds the functions by itself, or is told like any other where INNGEST_SERVE_ORIGIN is set.
 * `onLearned` is called when Inngest has taken them for the first time, at once where it need not be told, and
 * whenever they were news to it: such an Inngest has forgotten the runs as well.
 */
export function keepRegistered({ onLearned, pace = PACE }: { onLearned: () => void; pace?: Pace }): void {
  if (registration.stop) return;
  if (!isRegisteredByItself()) {
    onLearned();
    return;
  }
  registration.stop = new AbortController();
  registration.fault = "Inngest is being told of the functions.";
  void register({ onLearned, pace, signal: registration.stop.signal });
}

/** Ends what `keepRegistered` began. */
export function stopRegistering(): void {
  registration.stop?.abort();
  Object.assign(registration, { wasMade: false, fault: null, stop: null });
}

/** Whether Inngest knows the functions, in a sentence that says what to do if not; `isReady` stays true once it is. */
export function registrationState(): { isReady: boolean; fault: string | null } {
  return { isReady: registration.wasMade || !isRegisteredByItself(), fault: registration.fault };
}

function isRegisteredByItself(): boolean {
  return isInngestConfigured() && (!isInngestDev() || pinnedServeOrigin() !== undefined);
}

async function register(input: { onLearned: () => void; pace: Pace; signal: AbortSignal }): Promise<void> {
  const { onLearned, pace, signal } = input;
  const origin = pinnedServeOrigin();
  if (!origin) return note(NOT_PINNED);
  let pauseMs = pace.afterFailureMs;
  while (!signal.aborted) {
    const { fault, wasNews } = await registerOnce(origin);
    if (signal.aborted) return;
    if (fault === null && (wasNews || !registration.wasMade)) onLearned();
    note(fault);
    if (fault === null && isInngestCloud()) return;
    const restMs = fault === null ? pace.afterSuccessMs : pauseMs;
    await sleep(restMs, undefined, { signal, ref: false }).catch(() => {});
    pauseMs = fault === null ? pace.afterFailureMs : Math.min(pauseMs * 2, pace.atMostMs);
  }
}

/** Why Inngest does not take the functions, null when it has; `wasNews` when it knew none or others. */
async function registerOnce(origin: string): Promise<{ fault: string | null; wasNews: boolean }> {
  const request = new NextRequest(`${origin}${SERVE_PATH}`, { method: "PUT" });
  const answer = await serveFunctions({ isOwnRequest: true })(request);
  const said = (await answer.json().catch(() => ({}))) as { message?: string; modified?: boolean };
  if (answer.ok) return { fault: null, wasNews: said.modified === true };
  const fault = `Inngest does not take the functions (${said.message ?? answer.status}): look at INNGEST_BASE_URL and INNGEST_SIGNING_KEY. It is told again by itself.`;
  return { fault, wasNews: false };
}

function note(fault: string | null): void {
  if (fault !== null && fault !== registration.fault) logger.warn(fault);
  if (fault === null && registration.fault !== null) logger.info("Inngest knows the functions");
  registration.wasMade ||= fault === null;
  registration.fault = fault;
}
