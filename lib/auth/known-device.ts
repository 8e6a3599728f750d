import { createHmac, randomBytes } from "node:crypto";
import { isSameSecret } from "@/lib/crypto";
import { secrets } from "@/lib/secrets";

/** A browser in which a user has signed in. `id` tells it from others. */
export type KnownDevice = { id: string; userId: number };

// What a browser keeps once a user has signed in with it: it opens nothing, but is served before strangers.
const DEVICE_COOKIE = "known-device";
export const DEVICE_SECONDS = 90 * 24 * 60 * 60;

const PATTERN = new RegExp(
  `(?:^|;) *${DEVICE_COOKIE}=((\\d{1,10})\\.(\\d{1,12})\\.([\\w-]{12}))\\.([\\w-]{43})(?:;|$)`,
);

/** The cookie's value for this user, good for 90 days. */
export function makeDevice(userId: number): string {
  const goodUntil = Math.floor(Date.now() / 1000) + DEVICE_SECONDS;
  const named = `${userId}.${goodUntil}.${randomBytes(9).toString("base64url")}`;
  return `${named}.${seal(named)}`;
}

/** The same as a Set-Cookie header; `Secure` where the browser speaks https. */
export function deviceCookie({ userId, isSecure }: { userId: number; isSecure: boolean }): string {
  const attributes = `Path=/; Max-Age=${DEVICE_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  return `${DEVICE_COOKIE}=${makeDevice(userId)}; ${attributes}`;
}

/** The device of a request's Cookie header; null without one, or when we did not make it or it is too old. */
export function deviceOf(cookieHeader: string | null | undefined): KnownDevice | null {
  const [, named, userId, goodUntil, id, sealed] = PATTERN.exec(cookieHeader ?? "") ?? [];
  if (named === undefined || id === undefined || sealed === undefined) return null;
  if (Number(goodUntil) * 1000 < Date.now() || !isSameSecret(sealed, seal(named))) return null;
  return { id, userId: Number(userId) };
}

function seal(named: string): string {
  return createHmac("sha256", secrets().NEXTAUTH_SECRET)
    .update(`${DEVICE_COOKIE} ${named}`)
    .digest("base64url");
}
