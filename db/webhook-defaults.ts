/**
 * What a webhook has where nothing is given (the guide's defaults): the columns, REST, its description and the form
 * all take them from here. A field that may be null and is not named here is null.
 */
export const WEBHOOK_DEFAULTS = {
  is_active: true,
  auth_type: "none",
  send_on_order_created: true,
  send_on_order_updated: true,
  send_on_order_status_changed: true,
  send_on_order_cancelled: false,
  payload_format: "iiko_soi",
  retry_count: 3,
  retry_delay_seconds: 5,
  timeout_seconds: 30,
  ordered: true,
  give_up_after_minutes: 0,
} as const;
