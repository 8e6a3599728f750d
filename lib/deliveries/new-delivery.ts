import type { WebhookRow } from "@/db/queries/current-webhooks";
import type { NewDelivery } from "@/db/queries/matching";
import { logger } from "@/lib/logger";
import type { OrderEvent } from "@/lib/orders/prepare-order-event";
import { buildPayload, type PayloadFormat } from "@/lib/payloads/build";
import { MAX_BODY_LENGTH, PayloadError, tooLong } from "@/lib/payloads/payload-error";
import { mapRefusal } from "@/lib/refusals/map-refusal";
import { refuse } from "@/lib/refusals/refuse";
import { storableText } from "@/lib/text";
import { uuid7 } from "@/lib/uuid";

/** A delivery of an event to a webhook in its present format; one whose body cannot be built is failed. */
export function newDelivery({ event, webhook }: { event: OrderEvent; webhook: WebhookRow }): NewDelivery {
  const id = uuid7();
  const delivery = { id, event_id: event.id, webhook_id: webhook.id, position: null };
  try {
    const body = bodyOf({ id, event, webhook });
    if (body.length > MAX_BODY_LENGTH) throw tooLong();
    return { ...delivery, state: "pending", refusal: null, body };
  } catch (error) {
    if (error instanceof PayloadError) {
      return { ...delivery, state: "failed", refusal: mapRefusal(error.refusal, storableText), body: "" };
    }
    logger.error({ err: error, eventId: event.id, webhookId: webhook.id }, "a payload could not be built");
    return { ...delivery, state: "failed", refusal: refuse("payload_not_built"), body: "" };
  }
}

type Body = { id: string; event: OrderEvent; webhook: WebhookRow };

type Built = { id: string; body: string };

const known = new WeakMap<OrderEvent, Map<string, Built>>();

// The bodies of one event in one format differ by the delivery's id alone.
function bodyOf({ id, event, webhook }: Body): string {
  // A template can make anything of the id.
  if (webhook.custom_payload_template) return built({ id, event, webhook });
  const key = JSON.stringify([webhook.payload_format, webhook.include_fields]);
  const ofEvent = known.get(event) ?? new Map<string, Built>();
  const first = ofEvent.get(key);
  if (first) return first.body.replaceAll(first.id, id);
  const body = built({ id, event, webhook });
  known.set(event, ofEvent.set(key, { id, body }));
  return body;
}

function built({ id, event, webhook }: Body): string {
  return buildPayload({
    format: webhook.payload_format as PayloadFormat,
    event,
    deliveryId: id,
    includeFields: webhook.include_fields,
    template: webhook.custom_payload_template,
  });
}
