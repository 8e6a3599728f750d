import { z } from "zod";
import { ResendFailedRequest } from "@/lib/deliveries/resend-failed-request";
import {
  AcceptedEvents,
  Attempt,
  AttemptDetail,
  OrderEventDetail,
  OrderEventSummary,
  Problem,
  TestResult,
} from "@/lib/openapi/answers";
import { Order, OrderItem } from "@/lib/orders/order";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { WebhookCreate, WebhookPatch } from "@/lib/webhooks/schema";
import { Webhook } from "@/lib/webhooks/view";

export type JsonSchema = Record<string, unknown>;

const OrderEvent = z.object({
  id: z.string().max(200).optional().meta({ description: "Deduplicates: the same id is delivered once." }),
  name: z.enum(ORDER_EVENT_NAMES),
  ts: z.number().optional().meta({
    description:
      "When it happened, in milliseconds since 1970; below 10¹¹ in seconds. Left out outside 1980–2100.",
  }),
  data: z.looseObject({ order: z.unknown(), previous_status: z.string().nullish() }),
});

/** What requests and answers hold, by the name that the document gives it. */
export const SCHEMAS = {
  Webhook,
  WebhookCreate,
  WebhookPatch,
  Success: z.strictObject({ success: z.literal(true) }),
  SigningSecret: z.strictObject({ signing_secret: z.string() }),
  TestResult,
  Attempt,
  AttemptDetail,
  Resent: z.strictObject({ delivery_id: z.uuid() }),
  ResendFailedRequest,
  ResentCount: z.strictObject({ count: z.int() }),
  OrderEvents: z.union([OrderEvent, z.array(OrderEvent).max(5000)]),
  AcceptedEvents,
  OrderEventSummary,
  OrderEventDetail,
  Reencrypted: z.strictObject({ webhooks: z.int(), reencrypted: z.int() }),
  Problem,
} satisfies Record<string, z.ZodType>;
export type SchemaName = keyof typeof SCHEMAS;

/** The document's components. An order's items nest in each other, which only a reference to itself can say. */
export function componentSchemas(): Record<string, JsonSchema> {
  const named = Object.entries(SCHEMAS).map(([name, schema]): [string, JsonSchema] => [
    name,
    toJsonSchema(schema),
  ]);
  const order = toJsonSchema(Order);
  const orderProperties = order.properties as Record<string, JsonSchema>;
  const item = toJsonSchema(OrderItem);
  const itemProperties = item.properties as Record<string, JsonSchema>;
  const items = { type: ["array", "null"], items: reference("OrderItem") };
  return {
    ...withOrder(Object.fromEntries(named)),
    Order: { ...order, properties: { ...orderProperties, items } },
    OrderItem: { ...item, properties: { ...itemProperties, modifiers: items } },
  };
}

export function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return json as JsonSchema;
}

export function reference(name: SchemaName | "Order" | "OrderItem"): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

function withOrder(schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const text = JSON.stringify(schemas, (key, value: unknown) =>
    key === "order" ? reference("Order") : value,
  );
  return JSON.parse(text) as Record<string, JsonSchema>;
}
