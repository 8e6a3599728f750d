import { z } from "zod";
import type { Db } from "@/db/client";
import { insertToken, replaceUnusedToken, selectTokenOwner } from "@/db/queries/tokens";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, ROLES, requireRole } from "@/lib/auth/actor";
import { expectToken } from "@/lib/auth/token-cache";
import { makeToken, storedForm } from "@/lib/auth/tokens/make-token";
import { AppError } from "@/lib/errors";
import { makeOnce } from "@/lib/make-once";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

export const NewToken = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, zodMessage(refuse("token_name_missing")))
    .max(100),
  role: z.enum(ROLES),
});
export type NewToken = z.infer<typeof NewToken>;

/**
 * Makes an API token with a role. `token` is the only time its text is seen: a form that is sent again because the
 * answer was lost gets a new text for the same token. Admins only; conflict when it was used or revoked meanwhile.
 */
export async function createToken({
  actor,
  input,
  formKey,
}: {
  actor: Actor;
  input: NewToken;
  formKey?: string | undefined;
}): Promise<{ id: number; name: string; token: string }> {
  requireRole(actor, "admin");
  const token = makeToken();
  const stored = storedForm(token);
  const { ids, isRepeat } = await makeOnce({
    userId: actor.id,
    formKey,
    make: async (tx) => {
      const made = await insertToken(tx, {
        ...input,
        ...stored,
        created_by: actor.name,
        owner_id: await ownerOf(actor, tx),
      });
      if (!made) throw new AppError("conflict", refuse("token_exists"));
      await recordAudit(tx, {
        actor,
        action: "token.create",
        subject: { kind: "token", id: made.id, name: made.name },
        changes: { role: { from: null, to: made.role } },
      });
      return [made.id];
    },
  });
  const [id = 0] = ids;
  if (isRepeat && !(await replaceUnusedToken({ id, ...stored }))) {
    throw new AppError("conflict", refuse("token_exists"));
  }
  expectToken(stored.token_hash);
  return { id, name: input.name, token };
}

/** A token that makes another one hands its own owner on, so that it cannot outlive that user. */
async function ownerOf(actor: Actor, tx: Db): Promise<number | null> {
  if (actor.kind === "user") return actor.id;
  return actor.kind === "token" ? selectTokenOwner(actor.id, tx) : null;
}
