import { type SessionRow, selectSessionsOf } from "@/db/queries/sessions";
import type { Actor } from "@/lib/auth/actor";
import { SESSION_LIFE } from "@/lib/auth/sessions/session-life";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/** One place where a user is signed in. */
export type OwnSession = Omit<SessionRow, "user_id" | "ended_at">;

/** One's own sessions that are alive, the one used last first. Throws forbidden for a token, which has none. */
export async function listSessions({ actor }: { actor: Actor }): Promise<OwnSession[]> {
  if (actor.kind !== "user") throw new AppError("forbidden", refuse("no_sessions"));
  const found = await selectSessionsOf(actor.id, SESSION_LIFE);
  return found.map(({ user_id: _, ended_at: __, ...session }) => session);
}
