import type { z } from "zod";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { AUTH_FIELDS, FIELDS, INPUT_FIELDS, type InputField, mapFields } from "@/lib/webhooks/fields";
import { movedOrigin } from "@/lib/webhooks/moved-origin";
import type { WebhookPatch } from "@/lib/webhooks/schema";

/** The wire's fields that a form has something to say about. */
export type DraftInput = z.input<typeof WebhookPatch>;

const CUSTOM_FORMAT_FIELDS: InputField[] = ["include_fields", "custom_payload_template"];

/**
 * What a form sends: the fields of the chosen authorisation and format, and nothing of the others, so that what
 * stands in a part that is not shown is neither sent nor lost.
 */
export function toInput(draft: WebhookDraft): DraftInput {
  const names = INPUT_FIELDS.filter((name) => !hiddenFields(draft).includes(name));
  const input = mapFields(names, (name) => FIELDS[name].read(draft[name] as never)) as DraftInput;
  const isFlat = draft.payload_format === "custom" && draft.custom_kind === "flat";
  return isFlat ? { ...input, custom_payload_template: null } : input;
}

function hiddenFields({ auth_type, payload_format, custom_kind }: WebhookDraft): InputField[] {
  const shown: readonly InputField[] = AUTH_FIELDS[auth_type];
  const hidden = Object.values(AUTH_FIELDS)
    .flat()
    // Headers of its own go with every kind.
    .filter((name) => !shown.includes(name) && name !== "custom_headers");
  if (payload_format !== "custom") return [...hidden, ...CUSTOM_FORMAT_FIELDS];
  return custom_kind === "template" ? [...hidden, "include_fields"] : hidden;
}

/** The fields that a form changes in a webhook, so that two people who edit different ones do not undo each other. */
export function changedInput({ before, after }: { before: WebhookDraft; after: WebhookDraft }): DraftInput {
  const old = toInput(before) as Record<string, unknown>;
  const changed = Object.entries({ ...clearedSecrets({ before, after }), ...toInput(after) }).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field]),
  );
  return Object.fromEntries(changed);
}

/** Secrets of a kind that is not chosen, where somebody took them away or the address moves to another origin. */
function clearedSecrets({ before, after }: { before: WebhookDraft; after: WebhookDraft }): DraftInput {
  const isMoved = movedOrigin({ from: before.webhook_url, to: after.webhook_url.trim() }) !== null;
  const kinds = ["auth_token", "auth_password", "custom_headers"] as const;
  const cleared = kinds.filter((name) => before[name].length > 0 && (isMoved || after[name].length === 0));
  return mapFields(cleared, () => null);
}
