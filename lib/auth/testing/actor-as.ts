import type { Actor, Role } from "@/lib/auth/actor";

/** The first user, in a role. */
export function actorAs(role: Role): Actor {
  return { kind: "user", id: 1, name: role, role };
}
