import type { SessionLife } from "@/db/queries/sessions";

/** A session ends a week after its last use, and a month after the sign-in at the latest. */
export const SESSION_LIFE: SessionLife = { idleDays: 7, days: 30 };
