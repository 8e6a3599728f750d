import { expect, test } from "vitest";
import type { WebhookRow } from "@/db/queries/current-webhooks";
import { prepareOrderEvent } from "@/lib/orders/prepare-order-event";
import { SAMPLE_ORDER } from "@/lib/orders/sample";
import { buildPayload, PAYLOAD_FORMATS } from "@/lib/payloads/build";
import { newDelivery } from "./new-delivery";

const TEMPLATE = '{"short": "{{ delivery.id | slice: 0, 8 }}", "number": "{{order.readable_number}}"}';

const shapes = [
  ...PAYLOAD_FORMATS.map((format) => ({ format, includeFields: null, template: null })),
  { format: "custom", includeFields: ["status"], template: null },
  { format: "custom", includeFields: null, template: TEMPLATE },
] as const;

function webhookOf(id: number, { format, includeFields, template }: (typeof shapes)[number]): WebhookRow {
  const shape = { payload_format: format, include_fields: includeFields, custom_payload_template: template };
  return { id, ...shape } as unknown as WebhookRow;
}

test("of one event each webhook gets the body of its own format and fields, with its own delivery's id", () => {
  const { event } = prepareOrderEvent({ id: "e-1", name: "order.created", data: { order: SAMPLE_ORDER } });
  if (!event) throw new Error("The sample was refused.");
  const webhooks = [...shapes, ...shapes].map((shape, index) => ({ shape, row: webhookOf(index, shape) }));
  for (const { shape, row } of webhooks) {
    const { id, body } = newDelivery({ event, webhook: row });
    const input = { ...shape, includeFields: shape.includeFields && [...shape.includeFields] };
    expect(body).toBe(buildPayload({ ...input, event, deliveryId: id }));
  }
});
