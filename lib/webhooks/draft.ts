import { defaultOf, FIELDS, INPUT_FIELDS, type InputField, mapFields } from "@/lib/webhooks/fields";
import type { WebhookView } from "@/lib/webhooks/view";

/**
 * A webhook while a person fills in its form, under the wire's names: numbers are text as typed, an empty text
 * is not set, and a secret that is set and to be kept is "***".
 */
export type WebhookDraft = { [Name in InputField]: ReturnType<(typeof FIELDS)[Name]["show"]> } & {
  /** Whether the custom format is the guide's flat one or has a template of its own. */
  custom_kind: "flat" | "template";
};

/** The form of a webhook as it is. */
export function toDraft(webhook: Pick<WebhookView, InputField>): WebhookDraft {
  const shown = mapFields(INPUT_FIELDS, (name) => FIELDS[name].show(webhook[name] as never));
  const custom_kind = webhook.custom_payload_template === null ? "flat" : "template";
  return { ...(shown as unknown as WebhookDraft), custom_kind };
}

/** A new webhook's form: the guide's defaults. */
export const NEW_DRAFT = toDraft(
  mapFields(
    INPUT_FIELDS,
    (name) => defaultOf(name) ?? (name === "name" || name === "webhook_url" ? "" : null),
  ) as never,
);
