type Delivery = {
  id: string;
  ordered: boolean;
  order_id: number | null;
  order_external_id: string | null;
};

/**
 * The line in which a delivery waits for its turn at a webhook: that of its order, or one of its own where the
 * webhook does not keep orders in order (design, «Order by order»).
 */
export function lineOf({ id, ordered, order_id, order_external_id }: Delivery): string {
  if (!ordered) return id;
  if (order_id !== null) return `id ${order_id}`;
  return order_external_id === null ? id : `external ${order_external_id}`;
}
