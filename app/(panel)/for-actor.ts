import type { Actor } from "@/lib/auth/actor";
import { currentActor } from "@/lib/auth/current-actor";

type Handler = (given: { actor: Actor; request: Request }) => Promise<Response>;

/** A route of the panel that answers who is signed in, and anybody else with 401. */
export function forActor(handler: Handler): (request: Request) => Promise<Response> {
  return async (request) => {
    const actor = await currentActor();
    return actor ? handler({ actor, request }) : Response.json({ error: "unauthorized" }, { status: 401 });
  };
}
