import { z } from "zod";
import { queryBoolean } from "@/lib/http/query";

export const WebhookListQuery = z.strictObject({ is_active: queryBoolean().optional() });
