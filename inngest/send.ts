import { isDatabaseAway } from "@/db/faults";
import { endTurnsOf } from "@/db/queries/turns";
import { type Acceptance, createIntake, type StoredEvents } from "@/lib/deliveries/intake";
import { type AcceptedEvent, matchBeforeStoring, type StartedDelivery } from "@/lib/deliveries/match";
import { AppError } from "@/lib/errors";
import { iikoMessageParts, type TakenMessage, takeIikoMessages } from "@/lib/iiko/take-messages";
import { logger } from "@/lib/logger";
import { refuse } from "@/lib/refusals/refuse";
import { isInngestConfigured } from "./client";
import { embeddedEngine } from "./engine";
import { finishTelling } from "./finish-telling";
import { handOver, handOverSoon, handOverUnmatched } from "./hand-over";

export type SentOrderEvents = { ids: string[]; rejected: { id: string; reason: string }[] };

export type SentMessage = Pick<TakenMessage, "eventId" | "outcome">;

const RETRY_AFTER_SECONDS = 5;

/**
 * Keeps order events and has the engine go on with them; returns after they are durable. What does not fit the schema
 * is kept as rejected and reported. Throws `AppError("unavailable")` when the database cannot keep them now: they can
 * all be sent again.
 */
export async function sendOrderEvents(raw: Iterable<unknown>): Promise<SentOrderEvents> {
  try {
    const accepted = await (isInngestConfigured() ? acceptForInngest(raw) : embeddedEngine().accept(raw));
    finishTelling();
    return {
      ids: accepted.map(({ id }) => id),
      rejected: accepted.flatMap(({ id, rejectedBecause }) =>
        rejectedBecause === null ? [] : [{ id, reason: rejectedBecause }],
      ),
    };
  } catch (error) {
    throw toRefusal(error);
  }
}

/**
 * Keeps messages of iiko's own and has the engine go on with the order events made of them; returns, for each, what it
 * became, after all are durable. Throws as `sendOrderEvents` does.
 */
export async function sendIikoMessages(texts: Iterable<string>): Promise<SentMessage[]> {
  const sent: SentMessage[] = [];
  try {
    for (const part of iikoMessageParts(texts)) {
      const taken = await takeIikoMessages(part);
      goOnWith(taken.flatMap(({ event }) => event ?? []));
      sent.push(...taken.map(({ eventId, outcome }) => ({ eventId, outcome })));
    }
    finishTelling();
    return sent;
  } catch (error) {
    throw toRefusal(error);
  }
}

function goOnWith(unmatched: AcceptedEvent[]): void {
  const stored = { unmatched, deliveries: { fresh: [], unknownOf: [] } };
  if (isInngestConfigured()) goOnOnInngest(stored);
  else embeddedEngine().goOn(stored);
}

function toRefusal(error: unknown): unknown {
  if (!isDatabaseAway(error)) return error;
  logger.warn({ err: error }, "order events were refused: they could not be stored");
  return new AppError("unavailable", refuse("events_not_stored"), [], RETRY_AFTER_SECONDS);
}

/** Has the engine send deliveries that were stored as pending. Throws when it cannot be told. */
export async function startDeliveries(deliveries: StartedDelivery[]): Promise<void> {
  const webhookIds = [...new Set(deliveries.map(({ webhookId }) => webhookId))];
  if (webhookIds.length === 0) return;
  if (isInngestConfigured()) await Promise.all(webhookIds.map(handOver));
  else await embeddedEngine().wake(webhookIds);
}

/**
 * Has the engine look at once at a webhook that was changed or is no longer held up. Never throws: an engine that
 * cannot be told finds it by itself.
 */
export async function wakeWebhook(webhookId: number): Promise<void> {
  try {
    if (isInngestConfigured()) await handOverAnew(webhookId);
    else await embeddedEngine().wake([webhookId]);
  } catch (error) {
    logger.warn(
      { err: error, webhookId },
      "the engine could not be told of a webhook; it finds it by itself",
    );
  }
}

// A run that sleeps until the webhook may send again has a turn, and would keep it for too long.
async function handOverAnew(webhookId: number): Promise<void> {
  await endTurnsOf(webhookId);
  await handOver(webhookId);
}

const acceptForInngest: (raw: Iterable<unknown>) => Promise<Acceptance[]> = createIntake({
  match: matchBeforeStoring,
  onStored: goOnOnInngest,
});

function goOnOnInngest({ unmatched, deliveries }: StoredEvents): void {
  for (const { id, name } of unmatched) handOverUnmatched({ id, name });
  const webhookIds = new Set(deliveries.fresh.map(({ delivery }) => delivery.webhook_id));
  for (const webhookId of [...webhookIds, ...deliveries.unknownOf]) handOverSoon(webhookId);
}
