import { NEW_DRAFT, type WebhookDraft } from "@/lib/webhooks/draft";

export const STARTERS = ["senler", "crm", "analytics"] as const;
export type Starter = (typeof STARTERS)[number];

/** The guide's addresses. They are shown as examples only: an order must not go to a stranger by a slip. */
export const EXAMPLE_URLS: Record<Starter, string> = {
  senler: "https://senler.ru/api/webhook",
  crm: "https://your-crm.com/api/orders/webhook",
  analytics: "https://analytics.com/api/events",
};

type Fields = Partial<WebhookDraft>;

// In minutes: a guest needs no message about a dish already eaten, but a CRM wants every order of the day.
const HALF_AN_HOUR = "30";
const A_DAY = "1440";

/** The three examples of the guide («Примеры использования») as forms that lack only the address and the secret. */
const FIELDS: Record<Starter, Fields> = {
  senler: {
    name: "Senler VK Notifications",
    payload_format: "iiko_soi",
    auth_type: "bearer",
    send_on_order_created: true,
    send_on_order_updated: false,
    send_on_order_status_changed: true,
    send_on_order_cancelled: false,
    filter_order_types: ["DELIVERY"],
    give_up_after_minutes: HALF_AN_HOUR,
  },
  crm: {
    name: "CRM Sync",
    payload_format: "custom",
    auth_type: "basic",
    send_on_order_created: true,
    send_on_order_updated: true,
    send_on_order_status_changed: true,
    send_on_order_cancelled: true,
    give_up_after_minutes: A_DAY,
  },
  analytics: {
    name: "Analytics System",
    payload_format: "iiko_cloud",
    send_on_order_created: false,
    send_on_order_updated: false,
    send_on_order_status_changed: true,
    send_on_order_cancelled: false,
    filter_statuses: ["Delivered", "Closed"],
    give_up_after_minutes: A_DAY,
  },
};

export function toStarter(text: string | undefined): Starter | null {
  return STARTERS.find((starter) => starter === text) ?? null;
}

export function starterDraft(starter: Starter | null): WebhookDraft {
  return starter === null ? NEW_DRAFT : { ...NEW_DRAFT, ...FIELDS[starter] };
}
