import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Actor } from "@/lib/auth/actor";
import { type CurrentUser, currentUser, toActor } from "@/lib/auth/current-actor";

/** Where a password that an admin gave is replaced: nothing else is shown before. */
const NEW_PASSWORD_PAGE = "/new-password";

/** The signed-in user; anybody else is sent to sign in and comes back here. Every page asks by itself or by `requireActor`. */
export async function requireUser(): Promise<CurrentUser> {
  const user = (await currentUser()) ?? (await toSignIn());
  if (user.mustChangePassword) redirect(NEW_PASSWORD_PAGE);
  return user;
}

/** The signed-in user as the `actor` of lib's verbs. */
export async function requireActor(): Promise<Actor> {
  return toActor(await requireUser());
}

async function toSignIn(): Promise<never> {
  const path = (await headers()).get("x-path") ?? "/";
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: path })}`);
}
