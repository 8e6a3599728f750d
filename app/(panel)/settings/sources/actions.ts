"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { sendIikoMessages } from "@/inngest/send";
import { requireRole } from "@/lib/auth/actor";
import { NewNames, saveNames } from "@/lib/names/save";
import { sampleIikoMessage } from "@/lib/orders/iiko/sample-message";
import { validatedAction } from "../../action";

export const sendSampleAction = validatedAction(z.strictObject({}), async ({ actor }) => {
  requireRole(actor, "manager");
  await sendIikoMessages([sampleIikoMessage()]);
  revalidatePath("/settings/sources");
});

/** The panel's frame holds the names, so every page is drawn anew. */
export const saveNamesAction = validatedAction(NewNames, async ({ actor, input }) => {
  await saveNames({ actor, names: input.names });
  revalidatePath("/", "layout");
});
