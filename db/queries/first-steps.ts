import { sql } from "drizzle-orm";
import { rows } from "@/db/client";

export type FirstStepsRow = { has_event: boolean; has_webhook: boolean; has_success: boolean };

/** How far a new product has come. Each answer stops at the first row that it finds. */
export async function selectFirstSteps(): Promise<FirstStepsRow> {
  const [found] = await rows<FirstStepsRow>(sql`
    select exists (select 1 from order_events where state = 'accepted') as has_event,
           exists (select 1 from outgoing_webhooks) as has_webhook,
           exists (select 1 from webhook_stats where total_success > 0) as has_success`);
  return found ?? { has_event: false, has_webhook: false, has_success: false };
}
