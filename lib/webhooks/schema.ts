import { z } from "zod";
import { expected, expectedOnly } from "@/lib/expected";
import { isSigningSecret } from "@/lib/outbound/sign";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { SET } from "@/lib/webhooks/field-kinds";
import {
  COUNTED_FIELDS,
  type CountedField,
  defaultOf,
  FIELDS,
  INPUT_FIELDS,
  type InputField,
  mapFields,
  SECRET_TEXTS,
} from "@/lib/webhooks/fields";
import { checkWebhookUrl } from "@/lib/webhooks/judge-url";

type Inputs = { [Name in InputField]: (typeof FIELDS)[Name]["input"] };
type NewInputs = {
  [Name in InputField]: Name extends "name" | "webhook_url" ? Inputs[Name] : z.ZodDefault<Inputs[Name]>;
};

const inputs: Inputs = {
  ...(mapFields(INPUT_FIELDS, (name) => FIELDS[name].input) as Inputs),
  // What only the server can judge.
  webhook_url: FIELDS.webhook_url.input
    .superRefine((url, context) => {
      const check = checkWebhookUrl(url);
      if (!check.ok) context.addIssue({ code: "custom", message: zodMessage(check.refusal) });
    })
    .meta({ format: "uri", examples: ["https://senler.ru/api/webhook"] }),
  signing_secret: FIELDS.signing_secret.input
    .refine((text) => text === null || text === SET || isSigningSecret(text), {
      error: expectedOnly(refuse("signing_secret")),
    })
    .meta({ writeOnly: true }),
};

const newInputs = mapFields(INPUT_FIELDS, (name) => {
  const input: z.ZodType = inputs[name];
  const usual = defaultOf(name);
  return usual === undefined ? input : input.default(usual);
}) as unknown as NewInputs;

const counted = mapFields(COUNTED_FIELDS, () => z.unknown().optional().meta({ readOnly: true }));

const error = expected(refuse("webhook_object"));

/** A new webhook: only name and webhook_url must be given. */
export const WebhookCreate = z
  .strictObject({ ...newInputs, ...counted }, { error })
  .superRefine((webhook, context) => {
    const kept = SECRET_TEXTS.filter((field) => webhook[field] === SET).map((field) => [field]);
    const headers = Object.entries(webhook.custom_headers ?? {}).filter(([, value]) => value === SET);
    for (const path of [...kept, ...headers.map(([name]) => ["custom_headers", name])]) {
      const message = zodMessage(refuse("secret_to_keep", { mark: SET }));
      context.addIssue({ code: "custom", path, message });
    }
  })
  .transform(withoutCounted);
export type WebhookCreate = z.output<typeof WebhookCreate>;

/**
 * A change: fields that are not given stay as they are, null clears, and "***" keeps a secret. An empty secret of the
 * authorization in use keeps it too (kept-secrets).
 */
export const WebhookPatch = z
  .strictObject({ ...inputs, ...counted }, { error })
  .partial()
  .transform(withoutCounted)
  .transform(withoutKeptSecrets);
export type WebhookPatch = z.output<typeof WebhookPatch>;

function withoutCounted<Webhook extends object>(webhook: Webhook): Omit<Webhook, CountedField> {
  return omit({ from: webhook, isLeftOut: (name) => (COUNTED_FIELDS as readonly string[]).includes(name) });
}

function withoutKeptSecrets<Webhook extends object>(webhook: Webhook): Webhook {
  const isKept = (name: string, value: unknown) =>
    value === SET && (SECRET_TEXTS as readonly string[]).includes(name);
  return omit({ from: webhook, isLeftOut: isKept });
}

function omit<From extends object>({
  from,
  isLeftOut,
}: {
  from: From;
  isLeftOut: (name: string, value: unknown) => boolean;
}): From {
  return Object.fromEntries(Object.entries(from).filter(([name, value]) => !isLeftOut(name, value))) as From;
}
