import { processWide } from "@/db/process-wide";
import type { UserRow } from "@/db/queries/users";
import { isPasswordOf } from "@/lib/auth/passwords";
import { createRateLimit, tryWithin } from "@/lib/auth/rate-limit";
import { fieldError } from "@/lib/errors";
import { invalid } from "@/lib/parse-input";
import { refuse } from "@/lib/refusals/refuse";

const tries = processWide("own-password", () => createRateLimit({ limit: 5, windowSeconds: 15 * 60 }));

/**
 * Insists that a signed-in user types the password that is in force: a session left open must not be enough.
 * Throws `AppError("invalid")` naming `current_password`, `rate_limited` after 5 wrong ones in 15 minutes.
 */
export async function checkOwnPassword({
  user,
  password,
}: {
  user: UserRow;
  password: string;
}): Promise<void> {
  const isRight = await tryWithin({
    tries,
    key: String(user.id),
    tooMany: "too_many_passwords",
    isRight: () => isPasswordOf({ password, passwordHash: user.password_hash }),
  });
  if (!isRight) throw invalid([fieldError("current_password", refuse("password_wrong"))]);
}
