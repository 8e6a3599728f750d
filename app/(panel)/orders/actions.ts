"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { startDeliveries } from "@/inngest/send";
import { resendEvent } from "@/lib/deliveries/resend";
import { resendOrder } from "@/lib/deliveries/resend-order";
import { getRawEvent } from "@/lib/log/get-raw-event";
import { listWebhookChoices } from "@/lib/webhooks/list-choices";
import { validatedAction } from "../action";
import { sendTest } from "../webhooks/send-test";

const OneEvent = z.strictObject({
  eventId: z
    .string()
    .max(200)
    .refine((id) => !id.includes("\0")),
});
const OneEventAndWebhook = OneEvent.extend({ webhookId: z.int32().min(1) });
// One that is not among them is tested from its own page.
const MOST_CHOICES = 500;

export const resendEventAction = validatedAction(OneEventAndWebhook, async ({ actor, input, formKey }) => {
  const delivery = await resendEvent({ actor, ...input, formKey });
  await startDeliveries([delivery]);
  revalidatePath("/orders", "layout");
});

/** Sends what failed or was cancelled of the event's order once more; answers how many, and what was left out. */
export const resendOrderAction = validatedAction(OneEvent, async ({ actor, input }) => {
  const { deliveries, off } = await resendOrder({ actor, ...input });
  await startDeliveries(deliveries);
  revalidatePath("/orders", "layout");
  return { count: deliveries.length, off };
});

export const rawEventAction = validatedAction(OneEvent, ({ actor, input }) =>
  getRawEvent({ actor, id: input.eventId }),
);

export const webhookChoicesAction = validatedAction(z.strictObject({}), ({ actor }) =>
  listWebhookChoices({ actor, chosenId: undefined, limit: MOST_CHOICES }),
);

export const testWithEventAction = validatedAction(
  OneEventAndWebhook,
  ({ actor, input: { webhookId, eventId } }) => sendTest({ actor, webhookId, payload: { eventId } }),
);
