"use server";

import { revalidatePath } from "next/cache";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { wakeWebhook } from "@/inngest/send";
import { type Actor, requireRole } from "@/lib/auth/actor";
import { testSend } from "@/lib/deliveries/test-send";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";
import { refusalText } from "@/lib/refusals/refusal-text";
import { getWebhook } from "@/lib/webhooks/get";
import { pauseWebhook } from "@/lib/webhooks/pause";
import type { PauseInput } from "@/lib/webhooks/pause-input";
import { removeWebhook } from "@/lib/webhooks/remove";
import { updateWebhook } from "@/lib/webhooks/update";
import { validatedAction } from "../../action";
import { BULK_AT_ONCE, BULK_VERBS, type BulkVerb, type Done } from "./bulk-verbs";

const Bulk = z.strictObject({
  verb: z.enum(BULK_VERBS),
  webhookIds: z.array(z.int32().min(1)).min(1).max(BULK_AT_ONCE),
});

/** Does the same to a few webhooks, and says of each what came of it: one that fails does not stop the others. */
export const bulkAction = validatedAction(Bulk, async ({ actor, input: { verb, webhookIds } }) => {
  requireRole(actor, verb === "test" ? "operator" : "manager");
  const results = await Promise.all(webhookIds.map((webhookId) => attempt({ actor, verb, webhookId })));
  revalidatePath("/webhooks", "layout");
  return { results };
});

type Doing = { actor: Actor; verb: BulkVerb; webhookId: number };

async function attempt(doing: Doing): Promise<Done> {
  const { webhookId } = doing;
  try {
    return await VERBS[doing.verb](doing);
  } catch (error) {
    if (error instanceof AppError)
      return { webhookId, isDone: false, message: refusalText(error.refusal, await getLocale()) };
    logger.error({ err: error, webhookId }, "a bulk action failed");
    return { webhookId, isDone: false, message: (await getTranslations("common"))("internalError") };
  }
}

/** As ⏸ does by itself: orders wait until the webhook is on again. */
const HELD: PauseInput = { holdsOrders: true, until: null, reason: null };

const VERBS: Record<BulkVerb, (doing: Doing) => Promise<Done>> = {
  switchOn: async ({ actor, webhookId }) => {
    await updateWebhook({ actor, webhookId, input: { is_active: true } });
    await wakeWebhook(webhookId);
    return { webhookId, isDone: true };
  },
  pause: async ({ actor, webhookId }) => {
    const { is_active: isActive } = await getWebhook({ actor, webhookId });
    if (isActive) await pauseWebhook({ actor, webhookId, pause: HELD });
    await wakeWebhook(webhookId);
    return { webhookId, isDone: true };
  },
  remove: async ({ actor, webhookId }) => {
    await removeWebhook({ actor, webhookId });
    return { webhookId, isDone: true };
  },
  test: async ({ actor, webhookId }) => {
    const { success, statusCode, durationMs, fault, errorCode, logId } = await testSend({ actor, webhookId });
    const test = { statusCode, durationMs, fault, errorCode, logId };
    return { webhookId, isDone: success, test };
  },
};
