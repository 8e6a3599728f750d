import { isDatabaseAway } from "@/db/faults";
import type { StartedDelivery } from "@/lib/deliveries/dispatch";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { countOrderEvents } from "@/lib/metrics/order-event-counts";
import { createOrderEventIntake } from "@/lib/orders/accept-order-events";
import { prepareOrderEvent } from "@/lib/orders/prepare-order-event";
import { logProgress } from "@/lib/progress-log";
import { inngestClient, isInngestConfigured } from "./client";
import { embeddedEngine } from "./engine";
import { deliveryRequested } from "./functions/step";

export type SentOrderEvents = { ids: string[]; rejected: { id: string; reason: string }[] };

const RETRY_AFTER_SECONDS = 5;
const MAX_LOGGED_IDS = 50;

/**
 * Hands order events to the engine; returns after they are durable. What does not fit the schema is kept as
 * rejected and reported. Throws `AppError("unavailable")` when the engine cannot keep them now: none was kept.
 */
export async function sendOrderEvents(raw: unknown[]): Promise<SentOrderEvents> {
  try {
    const sent = isInngestConfigured() ? await sendThroughInngest(raw) : await sendEmbedded(raw);
    note(sent);
    return sent;
  } catch (error) {
    if (!isInngestConfigured() && !isDatabaseAway(error)) throw error;
    logger.warn({ err: error }, "order events were refused: they could not be stored");
    throw new AppError(
      "unavailable",
      "The events could not be stored now; send them again.",
      [],
      RETRY_AFTER_SECONDS,
    );
  }
}

function note({ ids, rejected }: SentOrderEvents): void {
  countOrderEvents({ accepted: ids.length - rejected.length, rejected: rejected.length });
  logProgress("order events taken in", () => ({
    events: ids.length,
    rejected: rejected.length,
    eventIds: ids.slice(0, MAX_LOGGED_IDS),
  }));
}

/** Starts deliveries that are stored as pending. Returns when the start is durable. */
export async function startDeliveries(deliveries: StartedDelivery[]): Promise<void> {
  if (deliveries.length === 0) return;
  if (isInngestConfigured()) await inngestClient().send(deliveries.map(deliveryRequested));
  else await embeddedEngine().startDeliveries(deliveries);
}

async function sendEmbedded(raw: unknown[]): Promise<SentOrderEvents> {
  const accepted = await embeddedEngine().accept(raw);
  const rejected = accepted.flatMap(({ id, rejectedBecause }) =>
    rejectedBecause === null ? [] : [{ id, reason: rejectedBecause }],
  );
  return { ids: accepted.map((one) => one.id), rejected };
}

const keepRejected = createOrderEventIntake({ start: null });

// Inngest starts a run only for names it has a trigger for, so misfits are kept here and not forwarded.
async function sendThroughInngest(raw: unknown[]): Promise<SentOrderEvents> {
  const prepared = raw.map((one) => ({ raw: one, ...prepareOrderEvent(one) }));
  const misfits = prepared.filter(({ event }) => event === null);
  if (misfits.length > 0) await keepRejected(misfits.map((misfit) => misfit.raw));
  const fitting = prepared.filter(({ event }) => event !== null);
  if (fitting.length > 0) {
    await inngestClient().send(
      fitting.map(({ row }) => ({
        id: row.id,
        name: row.name,
        data: JSON.parse(row.data) as Record<string, unknown>,
        ...(row.ts === null ? {} : { ts: Date.parse(row.ts) }),
      })),
    );
  }
  return {
    ids: prepared.map(({ row }) => row.id),
    rejected: misfits.map(({ row }) => ({ id: row.id, reason: row.reason ?? "" })),
  };
}
