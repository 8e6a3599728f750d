import { z } from "zod";
import { expected } from "@/lib/expected";
import { queryTime } from "@/lib/http/query";

/** Which failed deliveries to send once more: those made from `since` to `until`. */
export const ResendFailedRequest = z
  .strictObject(
    { since: queryTime(), until: queryTime() },
    { error: expected("a JSON object with since and until") },
  )
  .refine(({ since, until }) => since <= until, { path: ["until"], error: "expected a time after since" });
