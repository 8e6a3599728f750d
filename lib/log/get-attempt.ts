import { type AttemptDetailRow, selectAttempt } from "@/db/queries/logs";
import { type Actor, hasRole, requireRole } from "@/lib/auth/actor";
import { AppError } from "@/lib/errors";
import { shownTo } from "@/lib/log/shown-to";
import { refuse } from "@/lib/refusals/refuse";

type Bodies = "request_body" | "response_body";
export type AttemptDetail = Omit<AttemptDetailRow, Bodies> & Partial<Pick<AttemptDetailRow, Bodies>>;

/** One attempt with its headers and, from operator up, its bodies. Throws not_found. */
export async function getAttempt({ actor, logId }: { actor: Actor; logId: number }): Promise<AttemptDetail> {
  requireRole(actor, "viewer");
  const found = await selectAttempt(logId);
  if (!found) throw new AppError("not_found", refuse("no_attempt", { id: logId }));
  const attempt = shownTo(actor, found);
  if (hasRole(actor, "operator")) return attempt;
  const { request_body: _request, response_body: _response, ...shown } = attempt;
  return shown;
}
