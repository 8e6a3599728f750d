/** The part of Inngest's step tools that the functions use, and all that the embedded engine has to offer. */
export type Step = {
  run: <T>(id: string, fn: () => Promise<T>) => Promise<T>;
  sleep: (id: string, ms: number) => Promise<void>;
  sendEvent: (id: string, events: DeliveryRequested[]) => Promise<unknown>;
};

export const DELIVERY_REQUESTED = "webhook/delivery.requested";

/** Asks for one delivery. `id` is deterministic, so that asking twice sends once. */
export type DeliveryRequested = {
  id: string;
  name: typeof DELIVERY_REQUESTED;
  data: { delivery_id: string; webhook_id: number };
};

export function deliveryRequested({ id, webhookId }: { id: string; webhookId: number }): DeliveryRequested {
  return {
    id: `deliver-webhook/${id}`,
    name: DELIVERY_REQUESTED,
    data: { delivery_id: id, webhook_id: webhookId },
  };
}
