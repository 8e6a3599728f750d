import { processWide } from "@/db/process-wide";
import { createRateLimit, limited, type RateLimit } from "@/lib/auth/rate-limit";

const WINDOW_SECONDS = 15 * 60;

const limits = processWide("sign-in-limits", () => ({
  emailAndSource: createRateLimit({ limit: 5, windowSeconds: WINDOW_SECONDS }),
  source: createRateLimit({ limit: 30, windowSeconds: WINDOW_SECONDS }),
  strangers: createRateLimit({ limit: 50, windowSeconds: WINDOW_SECONDS }),
  slowedStrangers: createRateLimit({ limit: 1, windowSeconds: 5 }),
  failuresNoted: createRateLimit({ limit: 60, windowSeconds: WINDOW_SECONDS }),
}));

export type Admission = { refund: () => void };

/**
 * Counts a try to sign in before it is judged, so that many at once are counted too; `refund` takes it back
 * after a good one. `source` is a known browser or else an address. Throws `AppError("rate_limited")` that says when
 * to try again.
 */
export function admitSignIn({ email, source }: { email: string; source: string }): Admission {
  return admit([
    { limit: limits.emailAndSource, key: `${email} ${source}` },
    { limit: limits.source, key: source },
  ]);
}

/**
 * As `admitSignIn`, for one who tries from an address that the user never signed in from: what stops guesses from
 * ever new addresses. After 50 in 15 minutes one every 5 seconds is judged, so that nobody can lock a user out.
 */
export function admitStranger(email: string): Admission {
  const counted = { limit: limits.strangers, key: email };
  if (limits.strangers.waitSeconds(email) === 0) return admit([counted]);
  admit([{ limit: limits.slowedStrangers, key: email }]);
  return { refund: () => {} };
}

/** Whether one more failure is written down: a flood of guesses must not fill the database. */
export function isFailureNoted(userId: number | undefined): boolean {
  const key = String(userId ?? "unknown");
  if (limits.failuresNoted.waitSeconds(key) > 0) return false;
  limits.failuresNoted.count(key);
  return true;
}

type Counted = { limit: RateLimit; key: string };

function admit(counted: Counted[]): Admission {
  const wait = Math.max(...counted.map(({ limit, key }) => limit.waitSeconds(key)));
  if (wait > 0) throw limited({ code: "too_many_sign_ins", wait });
  for (const { limit, key } of counted) limit.count(key);
  return {
    refund: () => {
      for (const { limit, key } of counted) limit.refund(key);
    },
  };
}
