"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { wakeWebhook } from "@/inngest/send";
import { TEST_PAYLOADS, testSend } from "@/lib/deliveries/test-send";
import { getAttempt } from "@/lib/log/get-attempt";
import { recentOrderEvents } from "@/lib/log/recent-order-events";
import { cancelWaiting } from "@/lib/webhooks/cancel-waiting";
import { createWebhook } from "@/lib/webhooks/create";
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

const WebhookId = z.int32().min(1);
const OneWebhook = z.strictObject({ webhookId: WebhookId });
const RECENT_EVENTS = 10;

export const createWebhookAction = validatedAction(WebhookCreate, async ({ actor, input }) => {
  const { id } = await createWebhook({ actor, input });
  revalidatePath("/webhooks", "layout");
  return { id };
});

export const updateWebhookAction = validatedAction(
  z.strictObject({ webhookId: WebhookId, changes: WebhookPatch }),
  async ({ actor, input: { webhookId, changes } }) => {
    await updateWebhook({ actor, webhookId, input: changes });
    await wakeWebhook(webhookId);
    revalidatePath("/webhooks", "layout");
    return { id: webhookId };
  },
);

export const switchOnAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  await updateWebhook({ actor, webhookId, input: { is_active: true } });
  await wakeWebhook(webhookId);
  revalidatePath("/webhooks", "layout");
});

/** Pauses a webhook at once, unless something waits: then it answers how much, and nothing has changed. */
export const pauseNowAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  const paused = await pauseUnlessWaiting({ actor, webhookId });
  if (!paused.isPaused) return paused;
  await wakeWebhook(webhookId);
  revalidatePath("/webhooks", "layout");
  return paused;
});

export const pauseAction = validatedAction(
  OneWebhook.extend({ pause: PauseInput }),
  async ({ actor, input: { webhookId, pause } }) => {
    const cancelled = await pauseWebhook({ actor, webhookId, pause });
    await wakeWebhook(webhookId);
    revalidatePath("/webhooks", "layout");
    return { cancelled };
  },
);

export const countWaitingAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => ({
  waiting: await countWaitingFor({ actor, webhookId }),
}));

export const probeNowAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  await probeNow({ actor, webhookId });
  await wakeWebhook(webhookId);
  revalidatePath("/webhooks", "layout");
});

export const sendWaitingAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  await sendWaiting({ actor, webhookId });
  await wakeWebhook(webhookId);
  revalidatePath("/webhooks", "layout");
});

export const cancelWaitingAction = validatedAction(OneWebhook, async ({ actor, input: { webhookId } }) => {
  const count = await cancelWaiting({ actor, webhookId });
  await wakeWebhook(webhookId);
  revalidatePath("/webhooks", "layout");
  return { count };
});

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

/** Sends a test and reads what was logged of it: the request and the answer as they went over the wire. */
export const testWebhookAction = validatedAction(
  TestRequest,
  async ({ actor, input: { webhookId, payload } }) => {
    const result = await testSend({ actor, webhookId, payload });
    const attempt = result.logId === null ? null : await getAttempt({ actor, logId: result.logId });
    revalidatePath("/webhooks", "layout");
    return { result, attempt };
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
