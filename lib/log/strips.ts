import { selectHours } from "@/db/queries/webhook-strips";
import { type Actor, requireRole } from "@/lib/auth/actor";

/** One hour of a webhook: how many requests ended well and how many did not. */
export type StripHour = { startsAt: string; succeeded: number; failed: number };

const STRIP_HOURS = 24;
const HOUR_MS = 60 * 60 * 1000;

/** The last 24 hours of each of the webhooks that sent anything, oldest hour first; tests do not count. */
export async function listStrips({
  actor,
  now = new Date(),
  webhookIds,
}: {
  actor: Actor;
  now?: Date;
  webhookIds: number[];
}): Promise<Map<number, StripHour[]>> {
  requireRole(actor, "viewer");
  const strips = new Map<number, StripHour[]>();
  for (const row of await selectHours({ now, hours: STRIP_HOURS, webhookIds })) {
    const strip = strips.get(row.webhook_id) ?? emptyStrip(now);
    strips.set(row.webhook_id, strip);
    const hour = strip[STRIP_HOURS - 1 - row.hours_ago];
    if (hour) Object.assign(hour, { succeeded: row.succeeded, failed: row.failed });
  }
  return strips;
}

export function emptyStrip(now: Date): StripHour[] {
  const thisHourMs = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: STRIP_HOURS }, (_, index) => ({
    startsAt: new Date(thisHourMs - (STRIP_HOURS - 1 - index) * HOUR_MS).toISOString(),
    succeeded: 0,
    failed: 0,
  }));
}
