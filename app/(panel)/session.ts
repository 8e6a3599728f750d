import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Actor } from "@/lib/auth/actor";
import { type CurrentUser, currentActor, currentUser } from "@/lib/auth/current-actor";

/** The signed-in user; anybody else is sent to sign in and comes back here. Every page asks by itself or by `requireActor`. */
export async function requireUser(): Promise<CurrentUser> {
  return (await currentUser()) ?? toSignIn();
}

/** The signed-in user as the `actor` of lib's verbs. */
export async function requireActor(): Promise<Actor> {
  return (await currentActor()) ?? toSignIn();
}

async function toSignIn(): Promise<never> {
  const path = (await headers()).get("x-path") ?? "/";
  redirect(`/sign-in?${new URLSearchParams({ callbackUrl: path })}`);
}
