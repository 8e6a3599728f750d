import { z } from "zod";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import { listOf } from "./list-of";
import { MAX_KOPECKS } from "./money";
import { normaliseStatus } from "./status";

/** How often modifiers may hold modifiers of their own. */
const MAX_MODIFIER_LEVELS = 10;

const TEXT = zodMessage(refuse("text"));
const OBJECT = zodMessage(refuse("object"));

const text = z.string({ error: TEXT }).nullish();
const kopecks = z
  .int({ error: zodMessage(refuse("kopecks")) })
  .min(-MAX_KOPECKS, { error: zodMessage(refuse("kopecks_at_least", { min: -MAX_KOPECKS })) })
  .max(MAX_KOPECKS, { error: zodMessage(refuse("kopecks_at_most", { max: MAX_KOPECKS })) })
  .nullish();
const textOrObject = z
  .union([z.string(), z.looseObject({})], { error: zodMessage(refuse("text_or_object")) })
  .nullish();
/** What can be read as a time is known by readTime; what cannot is kept and must not cost the order. */
const time = z
  .unknown()
  .optional()
  .meta({
    description:
      "A time, best in ISO 8601 with an offset. One that cannot be read is kept, and sent as null.",
    examples: ["2020-08-31T16:23:31+03:00"],
  });

export type OrderItem = {
  product_id?: string | null;
  name?: string | null;
  /** Pieces, or kilograms for what is sold by weight. */
  amount?: number | null;
  /** Kopecks. */
  price?: number | null;
  /** Kopecks. */
  sum?: number | null;
  modifiers?: OrderItem[] | null;
  [unknownField: string]: unknown;
};

export const OrderItem: z.ZodType<OrderItem> = itemWithModifiers(MAX_MODIFIER_LEVELS);

/**
 * An order in iiko-base's columns (contract 1): money in integer kopecks, times as they came (see
 * readTime), the status in iiko's spelling, unknown fields kept.
 */
export const Order = z
  .looseObject(
    {
      id: z.int({ error: zodMessage(refuse("integer")) }).nullish(),
      external_order_id: text,
      iiko_order_id: text,
      readable_number: text,
      iiko_order_number: text,
      organization_id: text,
      restaurant_name: text,
      status: z
        .string({ error: TEXT })
        .min(1, { error: zodMessage(refuse("status")) })
        .overwrite(normaliseStatus),
      order_type: text,
      creation_status: text,
      error_info: textOrObject,
      problem: textOrObject,
      customer_name: text,
      customer_phone: text,
      delivery_address: text,
      courier_id: text,
      courier_name: text,
      total_amount: kopecks,
      created_at: time,
      updated_at: time,
      promised_time: time,
      items: listOf({ item: OrderItem, error: zodMessage(refuse("list_of_items")) }).nullish(),
    },
    { error: OBJECT },
  )
  .refine((order) => typeof order.id === "number" || Boolean(order.external_order_id), {
    path: ["id"],
    error: zodMessage(refuse("id_or_external_id")),
  });

export type Order = z.infer<typeof Order>;

/** Built level by level instead of recursively: hostile nesting ends at the bound, not in the stack. */
function itemWithModifiers(levels: number): z.ZodType<OrderItem> {
  const modifiers =
    levels > 0
      ? listOf({ item: itemWithModifiers(levels - 1), error: zodMessage(refuse("list_of_modifiers")) })
      : z.tuple([], { error: zodMessage(refuse("modifier_levels", { max: MAX_MODIFIER_LEVELS })) });
  return z.looseObject(
    {
      product_id: text,
      name: text,
      amount: z.number({ error: zodMessage(refuse("number")) }).nullish(),
      price: kopecks,
      sum: kopecks,
      modifiers: modifiers.nullish(),
    },
    { error: OBJECT },
  );
}
