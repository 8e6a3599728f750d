import { processWide } from "@/db/process-wide";
import { takeRecoveryCode, takeTotpStep, type UserRow } from "@/db/queries/users";
import type { Asking } from "@/lib/auth/hash-slots";
import { createRateLimit, tryWithin } from "@/lib/auth/rate-limit";
import { totpStepOf } from "@/lib/auth/second-factor/totp";
import { decrypt, sha256Hex } from "@/lib/crypto";

// Of a million codes three are right at a time: five tries in a quarter of an hour find one in a year or so.
const tries = processWide("second-factor", () => createRateLimit({ limit: 5, windowSeconds: 15 * 60 }));

type Given = { user: UserRow; code: string; asking: Asking };

/**
 * Whether `code` is the user's present code or a recovery code, each of which works once. Throws
 * `AppError("rate_limited")` after 5 wrong ones in 15 minutes; those of strangers do not count against who is known.
 */
export function isSecondFactorOf({ user, code, asking }: Given): Promise<boolean> {
  return tryWithin({
    tries,
    key: `${user.id} ${asking}`,
    tooMany: "too_many_codes",
    isRight: () => takeCode({ user, code: code.replace(/[\s-]/g, "").toUpperCase() }),
  });
}

async function takeCode({ user, code }: { user: UserRow; code: string }): Promise<boolean> {
  if (!user.totp_secret_enc) return false;
  if (!/^\d{6}$/.test(code)) return takeRecoveryCode({ id: user.id, hash: sha256Hex(code) });
  const step = totpStepOf({ secret: decrypt(user.totp_secret_enc), code });
  return step !== null && takeTotpStep({ id: user.id, step });
}
