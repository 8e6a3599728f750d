import { panelMark } from "@/lib/log/panel-mark";
import { forActor } from "../for-actor";

/** What an open page asks for every few seconds, and is read anew only when it has changed. */
export const GET = forActor(async ({ actor }) => {
  return new Response(await panelMark({ actor }), { headers: { "cache-control": "no-store" } });
});
