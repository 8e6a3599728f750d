import { processWide } from "@/lib/auth/process-wide";
import { createRateLimit } from "@/lib/auth/rate-limit";
import { AppError } from "@/lib/errors";

const WINDOW_SECONDS = 15 * 60;

// The limit per e-mail alone is what stops a sender that forges a new address for every guess.
const limits = processWide("sign-in-limits", () => ({
  emailAndIp: createRateLimit({ limit: 5, windowSeconds: WINDOW_SECONDS }),
  ip: createRateLimit({ limit: 30, windowSeconds: WINDOW_SECONDS }),
  email: createRateLimit({ limit: 50, windowSeconds: WINDOW_SECONDS }),
}));

/**
 * Counts a try to sign in before it is judged, so that many at once are counted too; `refund` takes it back
 * after a good one. Throws `AppError("rate_limited")` that says when to try again.
 */
export function admitSignIn({ email, clientIp }: { email: string; clientIp: string }): {
  refund: () => void;
} {
  const counted = [
    { limit: limits.emailAndIp, key: `${email} ${clientIp}` },
    { limit: limits.ip, key: clientIp },
    { limit: limits.email, key: email },
  ];
  const wait = Math.max(...counted.map(({ limit, key }) => limit.waitSeconds(key)));
  if (wait > 0) {
    const minutes = Math.ceil(wait / 60);
    throw new AppError("rate_limited", `Too many tries to sign in; try again in ${minutes} min.`, [], wait);
  }
  for (const { limit, key } of counted) limit.count(key);
  return {
    refund: () => {
      for (const { limit, key } of counted) limit.refund(key);
    },
  };
}
