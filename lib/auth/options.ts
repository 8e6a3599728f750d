import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { db } from "@/db/client";
import { endSession } from "@/db/queries/sessions";
import { clientIp } from "@/lib/auth/client-ip";
import { SessionClaims } from "@/lib/auth/current-actor";
import { deviceOf } from "@/lib/auth/known-device";
import { isHttps, trustOrigin } from "@/lib/auth/origin";
import { SESSION_LIFE } from "@/lib/auth/sessions/session-life";
import { signIn } from "@/lib/auth/sign-in";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { secrets } from "@/lib/secrets";

const Typed = z.object({ email: z.string(), password: z.string(), code: z.string().max(64).optional() });
const Opened = z.object({ id: z.string(), session: z.string() });

type OnSignedIn = (userId: number) => void;

/** next-auth's settings for one request: cookies are `Secure` exactly when it came over https. */
export function authOptions(headers: Headers, onSignedIn: OnSignedIn): NextAuthOptions {
  trustOrigin();
  return {
    secret: secrets().NEXTAUTH_SECRET,
    useSecureCookies: isHttps(headers),
    session: { strategy: "jwt", maxAge: SESSION_LIFE.days * 24 * 60 * 60 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: {
      error: (code) => logger.error({ code }, "next-auth"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {}, code: {} },
        authorize: (typed) => authorize({ typed, headers, onSignedIn }),
      }),
    ],
    callbacks: {
      // Only what current-actor needs to find the session again; the user is read anew at each request.
      jwt: ({ token, user }) => {
        const opened = Opened.safeParse(user).data;
        return opened ? { sub: opened.id, session: opened.session } : token;
      },
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: { signOut: ({ token }) => endSignedOut(token) },
  };
}

const CODE_NEEDED = "code_needed";

/** Signing out ends the session itself, so that no copy of its cookie works any longer. */
async function endSignedOut(token: unknown): Promise<void> {
  const claims = SessionClaims.safeParse(token).data;
  if (claims) await endSession(db(), { id: claims.session, userId: claims.sub });
}

type Authorizing = { typed: unknown; headers: Headers; onSignedIn: OnSignedIn };

/** next-auth hands the message of a thrown error to the sign-in page: `SignInFailure` in app/(auth)/sign-in. */
async function authorize({ typed, headers, onSignedIn }: Authorizing) {
  const parsed = Typed.safeParse(typed);
  if (!parsed.success) throw new Error("unauthorized");
  try {
    const signedIn = await signIn({
      ...parsed.data,
      clientIp: clientIp(headers),
      device: deviceOf(headers.get("cookie")),
      userAgent: headers.get("user-agent"),
    });
    if ("needsCode" in signedIn) throw new Error(CODE_NEEDED);
    onSignedIn(signedIn.userId);
    return { id: String(signedIn.userId), session: signedIn.sessionId };
  } catch (error) {
    if (error instanceof Error && error.message === CODE_NEEDED) throw error;
    if (error instanceof AppError) {
      throw new Error(error.retryAfterSeconds ? `${error.code} ${error.retryAfterSeconds}` : error.code);
    }
    logger.error({ err: error }, "sign-in failed");
    throw new Error("unavailable");
  }
}
