import { normaliseStatus, ORDER_TYPES } from "@/lib/orders/status";
import { AUTH_TYPES, validateCustomHeaders } from "@/lib/outbound/auth-headers";
import { urlProblem } from "@/lib/outbound/url-problem";
import { PAYLOAD_FORMATS } from "@/lib/payloads/build";
import { CUSTOM_FIELDS } from "@/lib/payloads/custom";
import { validateTemplate } from "@/lib/payloads/template";
import {
  flag,
  integer,
  listOrNull,
  oneOf,
  optionalText,
  requiredText,
  textsByName,
} from "@/lib/webhooks/fields";

/** Stands in answers for a secret that is set; in an update it means «keep what is set». */
export const SET = "***";

/** The guide's ranges, both ends included, and its defaults («Настройки надежности»). */
export const RELIABILITY = {
  retry_count: { min: 0, max: 10, usual: 3 },
  retry_delay_seconds: { min: 1, max: 300, usual: 5 },
  timeout_seconds: { min: 5, max: 300, usual: 30 },
  give_up_after_minutes: { min: 0, max: 10_080, usual: 0 },
} as const;

/** The rules that need nothing of the server: REST and the form in the browser check by the same ones. */
export const plainFields = {
  name: requiredText({ maxLength: 200 }).meta({ examples: ["Senler VK Integration"] }),
  description: optionalText({ maxLength: 5000 }),
  webhook_url: requiredText({ maxLength: 2048 }).superRefine((url, context) => {
    const message = urlProblem(url);
    if (message !== null) context.addIssue({ code: "custom", message });
  }),
  is_active: flag(),
  auth_type: oneOf(AUTH_TYPES),
  auth_username: optionalText({ maxLength: 1024 }),
  custom_headers: textsByName(validateCustomHeaders),
  send_on_order_created: flag(),
  send_on_order_updated: flag(),
  send_on_order_status_changed: flag(),
  send_on_order_cancelled: flag(),
  filter_organization_ids: listOrNull(requiredText({ maxLength: 200 })),
  filter_order_types: listOrNull(oneOf(ORDER_TYPES)),
  filter_statuses: listOrNull(requiredText({ maxLength: 200 }).overwrite(normaliseStatus)),
  payload_format: oneOf(PAYLOAD_FORMATS),
  include_fields: listOrNull(oneOf(CUSTOM_FIELDS)),
  custom_payload_template: optionalText({ maxLength: 100_000 })
    .superRefine((text, context) => {
      const check = text === null ? null : validateTemplate(text);
      if (!check || check.ok) return;
      for (const { path, message } of check.errors) {
        context.addIssue({ code: "custom", message: path ? `${path}: ${message}` : message });
      }
    })
    .meta({ examples: ['{"number": "{{order.readable_number}}", "status": "{{order.status}}"}'] }),
  retry_count: integer(RELIABILITY.retry_count),
  retry_delay_seconds: integer(RELIABILITY.retry_delay_seconds),
  timeout_seconds: integer(RELIABILITY.timeout_seconds),
  ordered: flag(),
  give_up_after_minutes: integer(RELIABILITY.give_up_after_minutes),
};
