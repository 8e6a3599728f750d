import { z } from "zod";
import { optionalLimit, queryBoolean, queryText } from "@/lib/http/query";

export const WebhookListQuery = z.strictObject({
  is_active: queryBoolean().optional(),
  limit: optionalLimit(),
  cursor: queryText().optional(),
});
export type WebhookListQuery = z.output<typeof WebhookListQuery>;
