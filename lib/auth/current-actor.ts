import { cookies, headers } from "next/headers";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { z } from "zod";
import { selectUser } from "@/db/queries/users";
import type { Actor, Role } from "@/lib/auth/actor";
import { isHttps } from "@/lib/auth/origin";
import { secrets } from "@/lib/secrets";

export type CurrentUser = { id: number; email: string; name: string; role: Role };

const Session = z.object({ sub: z.coerce.number().int().positive(), epoch: z.number().int() });

/**
 * The signed-in user as the database knows it now, read once per request; null without a session, or when the
 * user was disabled, or the session is older than the last change of password, role or state.
 */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const session = await readSession();
  if (!session) return null;
  const user = await selectUser(session.sub);
  if (!user?.isActive || user.sessionEpoch !== session.epoch) return null;
  return { id: user.id, email: user.email, name: user.name, role: user.role as Role };
});

/** The signed-in user as the actor of a verb; null without a session. */
export async function currentActor(): Promise<Actor | null> {
  const user = await currentUser();
  return user && { kind: "user", id: user.id, name: user.email, role: user.role };
}

async function readSession(): Promise<z.infer<typeof Session> | null> {
  const prefix = isHttps(await headers()) ? "__Secure-" : "";
  const token = (await cookies()).get(`${prefix}next-auth.session-token`)?.value;
  if (!token) return null;
  const payload = await decode({ token, secret: secrets().NEXTAUTH_SECRET }).catch(() => null);
  return Session.safeParse(payload).data ?? null;
}
