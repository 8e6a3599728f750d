import { selectPanelMark } from "@/db/queries/panel-mark";
import { type Actor, requireRole } from "@/lib/auth/actor";

// Charts and «a minute ago» move by themselves.
const MOVES_EVERY_MS = 60_000;

/**
 * A text that changes with whatever the panel shows, and once a minute besides. A page that reads it before its own
 * data, and is read anew when it has changed, misses nothing.
 */
export async function panelMark({
  actor,
  now = Date.now(),
}: {
  actor: Actor;
  now?: number;
}): Promise<string> {
  requireRole(actor, "viewer");
  return `${Math.floor(now / MOVES_EVERY_MS)}-${await selectPanelMark()}`;
}
