import { type Refusal, refuse } from "@/lib/refusals/refuse";

/**
 * Why a change of the address asks for the stored secrets again: whoever may change it could otherwise send them to
 * himself. Null where they go to the same origin, or where one of the two is no address.
 */
export function movedOrigin({ from, to }: { from: string; to: string }): Refusal | null {
  const [before, after] = [from, to].map((url) => (URL.canParse(url) ? new URL(url).origin : null));
  if (!before || !after || before === after) return null;
  return refuse("address_moves", { from: before, to: after });
}
