import { db } from "@/db/client";
import { revokeTokenRow } from "@/db/queries/tokens";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { forgetTokens } from "@/lib/auth/token-cache";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/** Ends an API token for good: at once in this process, within seconds in others. Admins only. */
export async function revokeToken({ actor, id }: { actor: Actor; id: number }): Promise<void> {
  requireRole(actor, "admin");
  await db().transaction(async (tx) => {
    const revoked = await revokeTokenRow(tx, id);
    if (!revoked) throw new AppError("not_found", refuse("no_token", { id }));
    await recordAudit(tx, {
      actor,
      action: "token.revoke",
      subject: { kind: "token", id, name: revoked.name },
    });
  });
  forgetTokens();
}
