import { z } from "zod";
import { type Db, db } from "@/db/client";
import { deleteName, selectNameForUpdate, upsertName } from "@/db/queries/names";
import { recordAudit } from "@/lib/audit/record-audit";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { invisibleProblem } from "@/lib/characters";
import { NAME_KINDS, nameKey } from "@/lib/names/names";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { storableText } from "@/lib/text";

const MAX_NAME_LENGTH = 100;

/** An empty name takes the name away. */
export const NewName = z.strictObject({
  kind: z.enum(NAME_KINDS),
  key: z.string().min(1).max(200),
  name: z
    .string()
    .trim()
    .max(MAX_NAME_LENGTH, zodMessage(refuse("characters_at_most", { max: MAX_NAME_LENGTH })))
    .superRefine((text, context) => {
      const problem = text === storableText(text) ? invisibleProblem(text) : refuse("storable_text");
      if (problem) context.addIssue({ code: "custom", message: zodMessage(problem) });
    }),
});
export type NewName = z.infer<typeof NewName>;

export const NewNames = z.strictObject({ names: z.array(NewName).min(1).max(500) });

/** Gives organizations, statuses and order types the names that people know them by. Throws forbidden below manager. */
export async function saveNames({ actor, names }: { actor: Actor; names: NewName[] }): Promise<void> {
  requireRole(actor, "manager");
  await db().transaction(async (tx) => {
    for (const given of names) await saveName(tx, { actor, given });
  });
}

async function saveName(tx: Db, { actor, given }: { actor: Actor; given: NewName }): Promise<void> {
  const { kind, name } = given;
  const key = nameKey({ kind, code: given.key });
  const before = await selectNameForUpdate(tx, { kind, key });
  if ((before?.name ?? "") === name) return;
  if (name === "") await deleteName(tx, { kind, key });
  else await upsertName(tx, { kind, key, name });
  await recordAudit(tx, {
    actor,
    action: "name.save",
    subject: { kind, id: key, name: name || (before?.name ?? null) },
    changes: { name: { from: before?.name ?? null, to: name || null } },
  });
}
