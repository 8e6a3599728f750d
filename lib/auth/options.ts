import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { clientIp } from "@/lib/auth/client-ip";
import { isHttps, trustOrigin } from "@/lib/auth/origin";
import { signIn } from "@/lib/auth/sign-in";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { secrets } from "@/lib/secrets";

const SESSION_SECONDS = 7 * 24 * 60 * 60;
const Typed = z.object({ email: z.string(), password: z.string() });

/** next-auth's settings for one request: cookies are `Secure` exactly when it came over https. */
export function authOptions(headers: Headers): NextAuthOptions {
  trustOrigin();
  return {
    secret: secrets().NEXTAUTH_SECRET,
    useSecureCookies: isHttps(headers),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    logger: {
      error: (code) => logger.error({ code }, "next-auth"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: (typed) => authorize({ typed, headers }),
      }),
    ],
    callbacks: {
      // Only what current-user needs to find the user again; name and role are read anew at each request.
      jwt: ({ token, user }) => (user ? { sub: user.id, epoch: epochOf(user) } : token),
      session: ({ session }) => ({ expires: session.expires }),
    },
  };
}

/** next-auth hands the message of a thrown error to the sign-in page: `SignInFailure` in app/(auth)/sign-in. */
async function authorize({ typed, headers }: { typed: unknown; headers: Headers }) {
  const parsed = Typed.safeParse(typed);
  if (!parsed.success) throw new Error("unauthorized");
  try {
    const user = await signIn({ ...parsed.data, clientIp: clientIp(headers) });
    return { id: String(user.id), epoch: user.sessionEpoch };
  } catch (error) {
    if (error instanceof AppError) {
      throw new Error(error.retryAfterSeconds ? `${error.code} ${error.retryAfterSeconds}` : error.code);
    }
    logger.error({ err: error }, "sign-in failed");
    throw new Error("unavailable");
  }
}

function epochOf(user: object): number {
  return "epoch" in user && typeof user.epoch === "number" ? user.epoch : -1;
}
