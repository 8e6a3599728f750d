import { selectUsers } from "@/db/queries/users";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { toUser, type User } from "@/lib/auth/users/user";

/** Every user, the oldest first. Admins only. */
export async function listUsers({ actor }: { actor: Actor }): Promise<User[]> {
  requireRole(actor, "admin");
  return (await selectUsers()).map(toUser);
}
