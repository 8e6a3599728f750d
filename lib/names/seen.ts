import { selectEventPerOrganization, selectSeenCodes } from "@/db/queries/names";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { listNames } from "@/lib/names/list";
import { hasOwnWords, NAME_KINDS, type NameKind, nameKey, nameOf } from "@/lib/names/names";
import { readStoredOrderEvent } from "@/lib/orders/prepare-order-event";

/** `name` is what people call it, `suggestion` what the order itself calls it. */
export type SeenName = { kind: NameKind; key: string; name: string | null; suggestion: string | null };

// Read when a page asks, so that the intake writes nothing more.
const NEWEST = { events: 1_000, maxBytes: 64 * 1024 };

/**
 * What may have a name: all that has one, and the organizations and the statuses and order types without words of the
 * product's own among the newest 1,000 order events. Those without a name first.
 */
export async function listSeenNames({ actor }: { actor: Actor }): Promise<SeenName[]> {
  requireRole(actor, "viewer");
  const [names, organizations, codes] = await Promise.all([
    listNames({ actor }),
    selectEventPerOrganization(NEWEST),
    selectSeenCodes(NEWEST),
  ]);
  const seen = new Map<string, SeenName>();
  const add = ({ kind, code, suggestion }: { kind: NameKind; code: string; suggestion: string | null }) => {
    const key = nameKey({ kind, code });
    const at = JSON.stringify([kind, key]);
    if (seen.has(at) || hasOwnWords({ kind, key })) return;
    seen.set(at, { kind, key, name: nameOf({ names, kind, code: key }), suggestion });
  };
  for (const row of organizations) {
    const order = readStoredOrderEvent(row)?.order;
    if (!order?.organization_id) continue;
    add({ kind: "organization", code: order.organization_id, suggestion: order.restaurant_name ?? null });
  }
  for (const { kind, key } of codes) add({ kind, code: key, suggestion: null });
  for (const kind of NAME_KINDS) {
    for (const code of Object.keys(names[kind])) add({ kind, code, suggestion: null });
  }
  return [...seen.values()].sort((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ kind, name }: SeenName): number {
  return NAME_KINDS.indexOf(kind) * 2 + (name === null ? 0 : 1);
}
