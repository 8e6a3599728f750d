import { currentActor } from "@/lib/auth/current-actor";
import { panelMark } from "@/lib/log/panel-mark";

/** What an open page asks for every few seconds, and is read anew only when it has changed. */
export async function GET(): Promise<Response> {
  const actor = await currentActor();
  if (!actor) return new Response(null, { status: 401 });
  return new Response(await panelMark({ actor }), { headers: { "cache-control": "no-store" } });
}
