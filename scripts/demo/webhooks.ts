export type Recipient = "senler" | "crm" | "analytics";

export const RECIPIENTS: Recipient[] = ["senler", "crm", "analytics"];

/** What the receiver expects in the requests' headers; the webhooks below are set up to send it. */
export const CREDENTIALS = {
  senlerToken: "senler-token-5f1c",
  crmUser: "iiko",
  crmPassword: "crm-password-9d2e",
  analyticsSecret: "whsec_aWlrby13ZWJob29rcy1kZW1vLXNlY3JldC0wMDE=",
};

/** The guide's three examples («Примеры использования»), each on a path of its own of the receiver. */
export function exampleWebhooks(receiverUrl: string): Record<Recipient, Record<string, unknown>> {
  return {
    senler: {
      name: "Senler VK Notifications",
      webhook_url: `${receiverUrl}/senler`,
      payload_format: "iiko_soi",
      auth_type: "bearer",
      auth_token: CREDENTIALS.senlerToken,
      send_on_order_created: true,
      send_on_order_updated: false,
      send_on_order_status_changed: true,
      send_on_order_cancelled: false,
      filter_order_types: ["DELIVERY"],
      retry_delay_seconds: 1,
    },
    crm: {
      name: "CRM Sync",
      webhook_url: `${receiverUrl}/crm`,
      payload_format: "custom",
      auth_type: "basic",
      auth_username: CREDENTIALS.crmUser,
      auth_password: CREDENTIALS.crmPassword,
      send_on_order_created: true,
      send_on_order_updated: true,
      send_on_order_status_changed: true,
      send_on_order_cancelled: true,
      retry_delay_seconds: 1,
    },
    analytics: {
      name: "Analytics System",
      webhook_url: `${receiverUrl}/analytics`,
      payload_format: "iiko_cloud",
      signing_secret: CREDENTIALS.analyticsSecret,
      send_on_order_created: false,
      send_on_order_updated: false,
      send_on_order_status_changed: true,
      send_on_order_cancelled: false,
      filter_statuses: ["Delivered", "Closed"],
      retry_delay_seconds: 1,
    },
  };
}
