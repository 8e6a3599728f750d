import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";

/** iiko-base's roles, weakest first; each may do all that the ones before it may. */
export const ROLES = ["viewer", "operator", "manager", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: a signed-in user, an API token, or the product itself (`system`: scheduled work, the intake). */
export type Actor = { kind: "user" | "token" | "system"; id: number; name: string; role: Role };

export const SYSTEM_ACTOR: Actor = { kind: "system", id: 0, name: "system", role: "admin" };

export function hasRole(actor: Actor, role: Role): boolean {
  return ROLES.indexOf(actor.role) >= ROLES.indexOf(role);
}

export function weakerRole(a: Role, b: Role): Role {
  return ROLES.indexOf(a) < ROLES.indexOf(b) ? a : b;
}

/** Every verb calls this first. Throws `AppError("forbidden")` naming both the role held and the role needed. */
export function requireRole(actor: Actor, role: Role): void {
  if (hasRole(actor, role)) return;
  throw new AppError("forbidden", refuse("needs_role", { needed: role, who: actor.name, held: actor.role }));
}
