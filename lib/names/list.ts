import { selectNames } from "@/db/queries/names";
import { type Actor, requireRole } from "@/lib/auth/actor";
import type { NameKind, Names } from "@/lib/names/names";

/** What people call organizations, and statuses and order types that the product has no words for. */
export async function listNames({ actor }: { actor: Actor }): Promise<Names> {
  requireRole(actor, "viewer");
  const names: Names = { organization: {}, order_type: {}, status: {} };
  for (const { kind, key, name } of await selectNames()) names[kind as NameKind][key] = name;
  return names;
}
