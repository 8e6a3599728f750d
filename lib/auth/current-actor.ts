import { cookies, headers } from "next/headers";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { z } from "zod";
import { selectLiveSession, touchSession } from "@/db/queries/sessions";
import type { Actor, Role } from "@/lib/auth/actor";
import { isHttps } from "@/lib/auth/origin";
import { SESSION_LIFE } from "@/lib/auth/sessions/session-life";
import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/refusals/refuse";
import { secrets } from "@/lib/secrets";

export type CurrentUser = {
  id: number;
  email: string;
  name: string;
  role: Role;
  sessionId: string;
  /** Nothing but a change of the password is open to this user. */
  mustChangePassword: boolean;
  hasSecondFactor: boolean;
};

/** What the session's cookie holds, sealed: everything else is read anew at each request. */
export const SessionClaims = z.object({ sub: z.coerce.number().int().positive(), session: z.uuid() });

/**
 * The signed-in user as the database knows it now, read once per request; null without a session, or when it
 * ended, or the user was disabled.
 */
export const currentUser = cache(async (): Promise<CurrentUser | null> => {
  const claims = await readClaims();
  if (!claims) return null;
  const found = await selectLiveSession(claims.session, SESSION_LIFE);
  if (!found || found.user.id !== claims.sub) return null;
  const { session, user } = found;
  if (Date.now() - session.last_seen_at.getTime() > TOUCH_EVERY_MS) await touchSession(session.id);
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    role: user.role as Role,
    sessionId: session.id,
    mustChangePassword: user.must_change_password,
    hasSecondFactor: user.totp_secret_enc !== null,
  };
});

const TOUCH_EVERY_MS = 10 * 60 * 1000;

/** The signed-in user as the actor of a verb; null without a session, or while a new password is due. */
export async function currentActor(): Promise<Actor | null> {
  const user = await currentUser();
  return user && !user.mustChangePassword ? toActor(user) : null;
}

/** As `toActor`, for all but one's own account. Throws `AppError("forbidden")` while a new password is due. */
export function toFullActor(user: CurrentUser): Actor {
  if (user.mustChangePassword) throw new AppError("forbidden", refuse("password_to_change"));
  return toActor(user);
}

export function toActor({ id, email, role }: CurrentUser): Actor {
  return { kind: "user", id, name: email, role };
}

async function readClaims(): Promise<z.infer<typeof SessionClaims> | null> {
  const prefix = isHttps(await headers()) ? "__Secure-" : "";
  const token = (await cookies()).get(`${prefix}next-auth.session-token`)?.value;
  if (!token) return null;
  const payload = await decode({ token, secret: secrets().NEXTAUTH_SECRET }).catch(() => null);
  return SessionClaims.safeParse(payload).data ?? null;
}
