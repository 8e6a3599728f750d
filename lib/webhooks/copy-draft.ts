import { toDraft, type WebhookDraft } from "@/lib/webhooks/draft";
import type { WebhookView } from "@/lib/webhooks/view";

const MAX_NAME_LENGTH = 255;

/**
 * The form of a new webhook like this one: switched off, and without its secrets, of which only the names of the
 * headers are left.
 */
export function copyDraft({ webhook, suffix }: { webhook: WebhookView; suffix: string }): WebhookDraft {
  const draft = toDraft(webhook);
  return {
    ...draft,
    name: `${draft.name.slice(0, MAX_NAME_LENGTH - suffix.length - 1)} ${suffix}`,
    is_active: false,
    auth_token: "",
    auth_password: "",
    signing_secret: "",
    custom_headers: draft.custom_headers.map(({ name }) => ({ name, value: "" })),
  };
}
