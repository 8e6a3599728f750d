import { notFound } from "next/navigation";
import { cache } from "react";
import { getAttempt } from "@/lib/log/get-attempt";
import { orNotFound } from "../../or-not-found";
import { requireActor } from "../../session";

/** The attempt of a page's address, read once a request; what names none ends in «not found». */
export const findAttempt = cache(async (logId: string) =>
  orNotFound(getAttempt({ actor: await requireActor(), logId: idFrom(logId) })),
);

function idFrom(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : notFound();
}
