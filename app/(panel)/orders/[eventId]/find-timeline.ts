import { cache } from "react";
import { getOrderTimeline } from "@/lib/log/get-order-timeline";
import { orNotFound } from "../../or-not-found";
import { requireActor } from "../../session";

/** The order of a page's address, read once a request; what names none ends in «not found». */
export const findTimeline = cache(async (segment: string) =>
  orNotFound(getOrderTimeline({ actor: await requireActor(), eventId: decoded(segment) })),
);

// A segment comes as it stands in the address; one that is no valid encoding names no event.
export function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
