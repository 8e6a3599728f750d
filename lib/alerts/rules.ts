import { z } from "zod";
import { DEFAULT_LOCALE, LOCALES } from "@/lib/i18n/locales";

/** What alerts tell of; a recovery is told of with what it ends. */
export const ALERT_KINDS = ["failing", "down", "given_up", "deactivated"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * When people are told. `failures_in_row` counts failed requests, retries included; `success_rate_below` is in percent
 * of the last hour's requests, 0 for never; `down_minutes` is how long a webhook has to be down; `language` is what all
 * messages are written in.
 */
export const AlertRules = z.strictObject({
  failures_in_row: z.int().min(1).max(1_000),
  success_rate_below: z.int().min(0).max(100),
  down_minutes: z.int().min(0).max(1_440),
  kinds: z.strictObject({
    failing: z.boolean(),
    down: z.boolean(),
    given_up: z.boolean(),
    deactivated: z.boolean(),
  }),
  language: z.enum(LOCALES).default(DEFAULT_LOCALE),
});
export type AlertRules = z.infer<typeof AlertRules>;

export const DEFAULT_RULES: AlertRules = {
  failures_in_row: 5,
  success_rate_below: 0,
  down_minutes: 0,
  kinds: { failing: true, down: true, given_up: true, deactivated: true },
  language: DEFAULT_LOCALE,
};

/** The rules as they are kept: by default while none are, and where an older version kept one less. */
export function keptRules(stored: unknown): AlertRules {
  return AlertRules.safeParse(stored).data ?? DEFAULT_RULES;
}
