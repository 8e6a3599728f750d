import { processWide } from "@/db/process-wide";
import { selectUser, type UserRow } from "@/db/queries/users";
import type { Actor } from "@/lib/auth/actor";
import { isPasswordOf } from "@/lib/auth/passwords";
import { createRateLimit, tryWithin } from "@/lib/auth/rate-limit";
import { AppError, fieldError } from "@/lib/errors";
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

/** The user who asks, from the database. Throws forbidden, worded by `otherwise`, for a token, which is none. */
export async function ownUser({
  actor,
  otherwise,
}: {
  actor: Actor;
  otherwise: "no_password" | "no_second_factor";
}): Promise<UserRow> {
  const user = actor.kind === "user" ? await selectUser(actor.id) : undefined;
  if (!user) throw new AppError("forbidden", refuse(otherwise));
  return user;
}
