import { z } from "zod";
import { expected, expectedOnly } from "@/lib/expected";
import { queryTime } from "@/lib/http/query";
import { refuse } from "@/lib/refusals/refuse";

/** Which failed deliveries to send once more: those made from `since` to `until`. */
export const ResendFailedRequest = z
  .strictObject({ since: queryTime(), until: queryTime() }, { error: expected(refuse("since_and_until")) })
  .refine(({ since, until }) => since <= until, {
    path: ["until"],
    error: expectedOnly(refuse("time_after_since")),
  });
