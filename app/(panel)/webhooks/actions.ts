"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { wakeWebhook } from "@/inngest/send";
import type { Actor } from "@/lib/auth/actor";
import { TEST_PAYLOADS } from "@/lib/deliveries/test-send";
import { recentOrderEvents } from "@/lib/log/recent-order-events";
import { listSeenNames } from "@/lib/names/seen";
import { cancelWaiting } from "@/lib/webhooks/cancel-waiting";
import { createWebhookOnce } from "@/lib/webhooks/create";
import { DryRunConfig, dryRun } from "@/lib/webhooks/dry-run";
import { judgeUrl } from "@/lib/webhooks/judge-url";
import { countWaitingFor, pauseUnlessWaiting, pauseWebhook } from "@/lib/webhooks/pause";
import { PauseInput } from "@/lib/webhooks/pause-input";
import { probeNow } from "@/lib/webhooks/probe-now";
import { removeWebhook } from "@/lib/webhooks/remove";
import { rotateSecret } from "@/lib/webhooks/rotate-secret";
import { WebhookCreate, WebhookPatch } from "@/lib/webhooks/schema";
import { sendWaiting } from "@/lib/webhooks/send-waiting";
import { updateWebhook } from "@/lib/webhooks/update";
import { validatedAction } from "../action";
import { sendTest } from "./send-test";

const OneWebhook = z.strictObject({ webhookId: z.int32().min(1) });
const RECENT_EVENTS = 10;

export const createWebhookAction = validatedAction(WebhookCreate, async ({ actor, input, formKey }) => {
  await createWebhookOnce({ actor, input, formKey });
  revalidatePath("/webhooks", "layout");
});

export const updateWebhookAction = changeAction(
  OneWebhook.extend({ changes: WebhookPatch }),
  async ({ changes, ...one }) => {
    await updateWebhook({ ...one, input: changes });
  },
);

export const switchOnAction = changeAction(OneWebhook, async (one) => {
  await updateWebhook({ ...one, input: { is_active: true } });
});

/** Pauses a webhook at once, unless something waits: then it answers how much, and nothing has changed. */
export const pauseNowAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  const paused = await pauseUnlessWaiting({ actor, webhookId });
  if (!paused.isPaused) return paused;
  await wakeWebhook(webhookId);
  revalidatePath("/webhooks", "layout");
  return paused;
});

export const pauseAction = changeAction(OneWebhook.extend({ pause: PauseInput }), async (given) => ({
  cancelled: await pauseWebhook(given),
}));

export const countWaitingAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => ({
  waiting: await countWaitingFor({ actor, webhookId }),
}));

export const probeNowAction = changeAction(OneWebhook, probeNow);
export const sendWaitingAction = changeAction(OneWebhook, sendWaiting);
export const cancelWaitingAction = changeAction(OneWebhook, async (one) => ({
  count: await cancelWaiting(one),
}));

export const removeWebhookAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  await removeWebhook({ actor, webhookId });
  revalidatePath("/webhooks", "layout");
});

export const rotateSecretAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  const secret = await rotateSecret({ actor, webhookId });
  revalidatePath("/webhooks", "layout");
  return { secret };
});

const TestRequest = OneWebhook.extend({ payload: z.enum(TEST_PAYLOADS) });

export const testWebhookAction = validatedAction(
  TestRequest,
  async ({ actor, input: { webhookId, payload } }) => {
    const sent = await sendTest({ actor, webhookId, payload });
    revalidatePath("/webhooks", "layout");
    return sent;
  },
);

export const dryRunAction = validatedAction(DryRunConfig, ({ actor, input }) =>
  dryRun({ actor, config: input }),
);

export const judgeUrlAction = validatedAction(
  z.strictObject({ url: z.string().max(10_000) }),
  async ({ actor, input: { url } }) => judgeUrl({ actor, url }),
);

export const recentEventsAction = validatedAction(z.strictObject({}), ({ actor }) =>
  recentOrderEvents({ actor, limit: RECENT_EVENTS }),
);

export const seenNamesAction = validatedAction(z.strictObject({}), listSeenNames);

/** An action that changes one webhook: the engine looks at it anew, and so does every page that shows it. */
function changeAction<Input extends { webhookId: number }, Schema extends z.ZodType<Input>, Data>(
  schema: Schema,
  change: (given: z.output<Schema> & { actor: Actor }) => Promise<Data>,
) {
  return validatedAction(schema, async ({ actor, input }) => {
    const changed = await change({ ...input, actor });
    await wakeWebhook(input.webhookId);
    revalidatePath("/webhooks", "layout");
    return changed;
  });
}
