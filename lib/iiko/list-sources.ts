import { selectLastMessages, selectLastOwnEvent } from "@/db/queries/iiko-messages";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { env } from "@/lib/env";
import { iikoEventId } from "@/lib/orders/iiko/decide";
import { MESSAGE_KINDS } from "@/lib/orders/iiko/read-message";
import { secrets } from "@/lib/secrets";

export type LastMessage = {
  kind: string;
  organizationId: string | null;
  outcome: string;
  receivedAt: string;
  /** The order event that it became. */
  eventId: string | null;
  /** Its beginning, for operators up. */
  text: string | null;
};

export type Sources = {
  /** For admins. */
  eventKey: string | null;
  hasAuthToken: boolean;
  /** The last event that did not come from iiko itself. */
  lastEvent: { id: string; received_at: string } | null;
  lastMessages: LastMessage[];
};

const MAX_CHARS = 20_000;
const SEARCHED_EVENTS = 10_000;

/** Where orders come from, and what came from there last. */
export async function listSources({ actor }: { actor: Actor }): Promise<Sources> {
  requireRole(actor, "viewer");
  const isOperator = hasRole(actor, "operator");
  const messages = await selectLastMessages({ kinds: MESSAGE_KINDS, maxChars: MAX_CHARS });
  return {
    eventKey: hasRole(actor, "admin") ? secrets().EVENT_KEY : null,
    hasAuthToken: env().IIKO_AUTH_TOKEN !== undefined,
    lastEvent: await selectLastOwnEvent(SEARCHED_EVENTS),
    lastMessages: messages.map((message) => ({
      kind: message.kind,
      organizationId: message.organization_id,
      outcome: message.outcome,
      receivedAt: message.received_at,
      eventId: ["event", "older"].includes(message.outcome) ? iikoEventId(message.id) : null,
      text: isOperator ? message.text : null,
    })),
  };
}
