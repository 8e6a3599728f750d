import type { OrderEvent } from "@/lib/orders/prepare-order-event";
import { buildPayload, type PayloadFormat } from "@/lib/payloads/build";
import { PayloadError } from "@/lib/payloads/payload-error";
import type { WebhookDraft } from "@/lib/webhooks/draft";
import { filledHeaders } from "@/lib/webhooks/field-kinds";
import { matchingEvent, type SkipReason, skipReason } from "@/lib/webhooks/filters";

/** Stands for the id that a real delivery gets. */
const SAMPLE_DELIVERY_ID = "0197b0a4-6f3e-7c21-9d52-3b1f0c9a7e55";

/** The body a form makes of an order event, byte for byte; null while its template cannot be used. */
export function previewBody({ draft, event }: { draft: WebhookDraft; event: OrderEvent }): string | null {
  const template = draft.custom_kind === "template" ? draft.custom_payload_template : null;
  if (draft.payload_format === "custom" && template?.trim() === "") return null;
  const { payload_format: format, include_fields: includeFields } = draft;
  return bodyOrNull({ format, event, includeFields, template });
}

/** The body that a format has with neither a template nor a choice of fields; null when it would be too large. */
export function plainBody({ format, event }: { format: PayloadFormat; event: OrderEvent }) {
  return bodyOrNull({ format, event });
}

type BodyInput = Omit<Parameters<typeof buildPayload>[0], "deliveryId">;

function bodyOrNull(input: BodyInput): string | null {
  try {
    return buildPayload({ ...input, deliveryId: SAMPLE_DELIVERY_ID });
  } catch (error) {
    if (error instanceof PayloadError) return null;
    throw error;
  }
}

/** The request's head as it will go out, secrets as `***`. */
export function previewHead(draft: WebhookDraft): string {
  const own = filledHeaders(draft.custom_headers);
  const hasOwnType = own.some(({ name }) => name.toLowerCase() === "content-type");
  const lines = [
    `POST ${draft.webhook_url.trim() || "https://…"}`,
    ...(hasOwnType ? [] : ["Content-Type: application/json"]),
    ...authLines(draft),
    `webhook-id: ${SAMPLE_DELIVERY_ID}`,
    "webhook-timestamp: 1598880211",
    ...(draft.signing_secret === "" ? [] : ["webhook-signature: v1,***"]),
  ];
  return lines.join("\n");
}

/** Why the form would not send this event; null when it would. */
export function previewSkip({ draft, event }: { draft: WebhookDraft; event: OrderEvent }): SkipReason | null {
  return skipReason({ ...draft, is_active: true }, matchingEvent(event));
}

function authLines(draft: WebhookDraft): string[] {
  const headers = filledHeaders(draft.custom_headers).map(({ name }) => `${name}: ***`);
  if (draft.auth_type === "bearer") return ["Authorization: Bearer ***", ...headers];
  return draft.auth_type === "basic" ? ["Authorization: Basic ***", ...headers] : headers;
}
