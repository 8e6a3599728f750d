import { db } from "@/db/client";
import { endSession, endSessionsOf } from "@/db/queries/sessions";
import { recordAudit } from "@/lib/audit/record-audit";
import type { Actor } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/** Ends one of one's own sessions, in every copy of its cookie. Throws not_found when it has ended already. */
export async function endOwnSession({ actor, id }: { actor: Actor; id: string }): Promise<void> {
  requireUserKind(actor);
  await db().transaction(async (tx) => {
    const isEnded = await endSession(tx, { id, userId: actor.id });
    if (!isEnded) throw new AppError("not_found", refuse("session_ended"));
    await noteEnd(tx, { actor, sessions: 1 });
  });
}

/** Ends every session of one's own but `keptSession`; answers how many. */
export async function endOtherSessions({
  actor,
  keptSession,
}: {
  actor: Actor;
  keptSession: string;
}): Promise<number> {
  requireUserKind(actor);
  return db().transaction(async (tx) => {
    const ended = await endSessionsOf(tx, { userId: actor.id, keptSession });
    if (ended > 0) await noteEnd(tx, { actor, sessions: ended });
    return ended;
  });
}

function requireUserKind(actor: Actor): void {
  if (actor.kind !== "user") throw new AppError("forbidden", refuse("no_sessions"));
}

type Noted = { actor: Actor; sessions: number };

function noteEnd(tx: Parameters<typeof recordAudit>[0], { actor, sessions }: Noted): Promise<void> {
  return recordAudit(tx, {
    actor,
    action: "session.end",
    subject: { kind: "user", id: actor.id, name: actor.name },
    changes: { sessions: { from: null, to: sessions } },
  });
}
