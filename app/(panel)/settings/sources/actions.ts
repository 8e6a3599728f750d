"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { sendIikoMessages } from "@/inngest/send";
import { requireRole } from "@/lib/auth/actor";
import { sampleIikoMessage } from "@/lib/orders/iiko/sample-message";
import { validatedAction } from "../../action";

export const sendSampleAction = validatedAction(z.strictObject({}), async ({ actor }) => {
  requireRole(actor, "manager");
  await sendIikoMessages([sampleIikoMessage()]);
  revalidatePath("/settings/sources");
});
