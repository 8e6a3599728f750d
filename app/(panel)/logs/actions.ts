"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { startDeliveries } from "@/inngest/send";
import type { Actor } from "@/lib/auth/actor";
import { resendAttempt } from "@/lib/deliveries/resend";
import { resendFailed } from "@/lib/deliveries/resend-failed";
import { countFailed, MAX_FAILED_COUNT } from "@/lib/log/count-failed";
import { validatedAction } from "../action";
import { readLogQuery, toAttemptFilters } from "./log-query";

const Search = z.record(z.string(), z.union([z.string(), z.number()]).optional());

export const resendAttemptAction = validatedAction(
  z.strictObject({ logId: z.number().int() }),
  async ({ actor, input, formKey }) => {
    const delivery = await resendAttempt({ actor, logId: input.logId, formKey });
    await startDeliveries([delivery]);
    revalidatePath(`/logs/${input.logId}`);
  },
);

/** By webhook, how many failed deliveries the filters of the log name. */
export const countFailedAction = validatedAction(Search, async ({ actor, input }) => {
  const counts = await countFailed({ actor, ...(await toFailedFilter({ actor, input })) });
  return { counts, max: MAX_FAILED_COUNT };
});

/** Sends the failed deliveries that the filters name to every webhook that is on; answers how many. */
export const resendFailedAction = validatedAction(Search, async ({ actor, input }) => {
  const filter = await toFailedFilter({ actor, input });
  const counts = await countFailed({ actor, ...filter });
  let count = 0;
  for (const { webhook_id: webhookId } of counts.filter((webhook) => webhook.is_active)) {
    const deliveries = await resendFailed({ actor, ...filter, webhookId });
    await startDeliveries(deliveries);
    count += deliveries.length;
  }
  revalidatePath("/logs");
  return { count };
});

async function toFailedFilter({ actor, input }: { actor: Actor; input: z.output<typeof Search> }) {
  const given = Object.entries(input).map(([name, value]) => [name, value?.toString()]);
  const now = new Date();
  const filters = await toAttemptFilters({ actor, query: readLogQuery(Object.fromEntries(given)), now });
  return {
    webhookId: filters.webhook_id,
    // A test is no delivery: this names none.
    eventName: filters.event_type,
    orderId: filters.order_id,
    orders: filters.orders,
    since: filters.since ?? new Date(0),
    until: filters.until ?? now,
  };
}
