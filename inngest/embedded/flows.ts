import { findFlows, findHeldWebhooks } from "@/db/queries/flows";
import { type Flow, heldUntil } from "@/lib/deliveries/flow";
import { logger } from "@/lib/logger";

/** What holds webhooks up, as the database and the answers since then tell. */
export type Flows = {
  /** False until the database was read: nothing may be sent before. */
  isKnown: () => boolean;
  of: (webhookId: number) => Flow;
  set: (webhookId: number, flow: Flow) => void;
  /** Until when a webhook sends nothing, in ms since 1970: 0 when it may send now, infinity while a person holds it. */
  closedUntil: (webhookId: number) => number;
  /** Reads them again and returns the webhooks that a person has let go on. */
  read: () => Promise<number[]>;
};

/** `isUnrecorded` says whether a webhook has answers that the database does not know yet. */
export function createFlows({ isUnrecorded }: { isUnrecorded: (webhookId: number) => boolean }): Flows {
  let flows: Map<number, Flow> | null = null;
  let held: ReadonlySet<number> = new Set();
  let reading: Promise<unknown> = Promise.resolve();

  async function readNow(): Promise<number[]> {
    const before = new Map(flows);
    const unrecorded = new Set([...before.keys()].filter(isUnrecorded));
    const read = await Promise.all([findFlows(), findHeldWebhooks()]).catch((error: unknown) => {
      logger.warn({ err: error }, "what holds webhooks up could not be read");
      return null;
    });
    if (!read) return [];
    const [stored, nowHeld] = read;
    const known = flows ?? new Map<number, Flow>();
    for (const webhookId of new Set([...known.keys(), ...stored.keys()])) {
      if (unrecorded.has(webhookId) || isUnrecorded(webhookId)) continue;
      // An answer that came since the database was asked knows better.
      if (known.get(webhookId) !== before.get(webhookId)) continue;
      const flow = stored.get(webhookId) ?? null;
      if (flow) known.set(webhookId, flow);
      else known.delete(webhookId);
    }
    flows = known;
    const letGo = [...held].filter((webhookId) => !nowHeld.has(webhookId));
    held = nowHeld;
    return letGo;
  }

  return {
    isKnown: () => flows !== null,
    of: (webhookId) => flows?.get(webhookId) ?? null,
    set: (webhookId, flow) => void flows?.set(webhookId, flow),
    closedUntil: (webhookId) =>
      held.has(webhookId) ? Number.POSITIVE_INFINITY : heldUntil(flows?.get(webhookId) ?? null),
    read: () => {
      // One after another, so that an answer never gives way to an older one.
      const read = reading.then(readNow);
      reading = read;
      return read;
    },
  };
}
