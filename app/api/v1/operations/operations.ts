import { ADMINISTRATION_OPERATIONS } from "./administration";
import { LOG_OPERATIONS } from "./log";
import { ORDER_EVENT_OPERATIONS } from "./order-events";
import { WEBHOOK_OPERATIONS } from "./webhooks";

/** The whole API (contract 3): the routes, the OpenAPI document and the page /api/docs are made from this list. */
export const OPERATIONS = [
  ...WEBHOOK_OPERATIONS,
  ...LOG_OPERATIONS,
  ...ORDER_EVENT_OPERATIONS,
  ...ADMINISTRATION_OPERATIONS,
];
