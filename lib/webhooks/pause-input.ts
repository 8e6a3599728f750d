import { z } from "zod";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";

const MAX_REASON = 200;
const MAX_DAYS = 366;
const DAY_MS = 24 * 3_600_000;

/** How a person pauses a webhook; `until` in ms since 1970, null where only a person ends it. */
export const PauseInput = z.strictObject({
  holdsOrders: z.boolean(),
  until: z
    .int()
    .nullable()
    .refine((until) => until === null || (until > Date.now() && until < Date.now() + MAX_DAYS * DAY_MS), {
      error: zodMessage(refuse("pause_until_past", { days: MAX_DAYS })),
    }),
  reason: z
    .string()
    .trim()
    .max(MAX_REASON)
    .transform((reason) => reason || null),
});
export type PauseInput = z.output<typeof PauseInput>;
