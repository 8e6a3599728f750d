"use server";

import { revalidatePath } from "next/cache";
import { getLocale } from "next-intl/server";
import { z } from "zod";
import { importWebhooks, planImport } from "@/lib/webhooks/import";
import { inWords, validatedAction } from "../../action";

const Plan = z.strictObject({ file: z.unknown() });

/** What a file would create, with what is wrong in the reader's language. */
export const planImportAction = validatedAction(Plan, async ({ actor, input: { file } }) => {
  const locale = await getLocale();
  const entries = await planImport({ actor, file });
  return entries.map(({ errors, ...entry }) => ({
    ...entry,
    errors: inWords({ errors, locale }),
  }));
});

const Import = Plan.extend({
  chosen: z.array(z.int().min(0)).min(1).max(200),
  secrets: z.record(z.string().max(3), z.record(z.string().max(200), z.string().max(4096))),
});

export const importWebhooksAction = validatedAction(Import, async ({ actor, input, formKey }) => {
  const { file, chosen, secrets } = input;
  const ids = await importWebhooks({ actor, file, chosen, secrets, formKey });
  revalidatePath("/webhooks", "layout");
  return { ids };
});
