import { cache } from "react";
import { getAttempt } from "@/lib/log/get-attempt";
import { idOrNotFound, orNotFound } from "../../or-not-found";
import { requireActor } from "../../session";

/** The attempt of a page's address, read once a request; what names none ends in «not found». */
export const findAttempt = cache(async (text: string) => {
  const logId = idOrNotFound({ text, max: Number.MAX_SAFE_INTEGER });
  return orNotFound(getAttempt({ actor: await requireActor(), logId }));
});
