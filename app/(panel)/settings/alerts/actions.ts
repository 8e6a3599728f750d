"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { EmailInput, TelegramInput } from "@/lib/alerts/channel-fields";
import { CHANNELS } from "@/lib/alerts/channel-names";
import { AlertRules } from "@/lib/alerts/rules";
import { saveAlertRules, saveEmail, saveTelegram } from "@/lib/alerts/save-settings";
import { testAlertChannel } from "@/lib/alerts/test-channel";
import { validatedAction } from "../../action";

export const saveTelegramAction = validatedAction(TelegramInput, async (given) => {
  await saveTelegram(given);
  revalidatePath("/settings/alerts");
});

export const saveEmailAction = validatedAction(EmailInput, async (given) => {
  await saveEmail(given);
  revalidatePath("/settings/alerts");
});

export const saveAlertRulesAction = validatedAction(AlertRules, async (given) => {
  await saveAlertRules(given);
  revalidatePath("/settings/alerts");
});

export const testAlertChannelAction = validatedAction(
  z.strictObject({ name: z.enum(CHANNELS) }),
  async ({ actor, input }) => {
    try {
      await testAlertChannel({ actor, name: input.name });
    } finally {
      revalidatePath("/settings/alerts");
    }
  },
);
