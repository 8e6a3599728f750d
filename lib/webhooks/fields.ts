import { z } from "zod";
import { WEBHOOK_DEFAULTS } from "@/db/webhook-defaults";
import { normaliseOrderType, normaliseStatus, ORDER_TYPES } from "@/lib/orders/status";
import { AUTH_TYPES, type AuthType, validateCustomHeaders } from "@/lib/outbound/auth-headers";
import { urlProblem } from "@/lib/outbound/url-problem";
import { PAYLOAD_FORMATS } from "@/lib/payloads/build";
import { INCLUDABLE_FIELDS } from "@/lib/payloads/custom";
import { validateTemplate } from "@/lib/payloads/template";
import { refuse } from "@/lib/refusals/refuse";
import { zodMessage } from "@/lib/refusals/zod-message";
import {
  choice,
  counted,
  list,
  number,
  SET,
  secret,
  secretHeaders,
  text,
  textOrNull,
  tick,
} from "@/lib/webhooks/field-kinds";
import {
  oneOf,
  optionalText,
  requiredText,
  secretText,
  textsByName,
  visibleText,
} from "@/lib/webhooks/field-rules";

/** The guide's ranges, both ends included («Настройки надежности»). */
export const RANGES = {
  retry_count: { min: 0, max: 10 },
  retry_delay_seconds: { min: 1, max: 300 },
  timeout_seconds: { min: 5, max: 300 },
  give_up_after_minutes: { min: 0, max: 10_080 },
} as const;

const time = z.iso.datetime();

/**
 * A webhook's fields by the wire's names, in the order in which answers give them (contract 3). Create, patch, the
 * view, the audit, the form and OpenAPI are all made from this table, and it needs nothing of the server: the form
 * in the browser checks by the same rules.
 */
export const FIELDS = {
  id: counted(z.int()),
  name: text(requiredText({ maxLength: 255 }).meta({ examples: ["Senler VK Integration"] })),
  description: textOrNull(optionalText({ maxLength: 5000 })),
  webhook_url: {
    ...text(
      requiredText({ maxLength: 2048 }).superRefine((url, context) => {
        const refusal = urlProblem(url);
        if (refusal) context.addIssue({ code: "custom", message: zodMessage(refusal) });
      }),
    ),
    answer: z.string().meta({ description: "Below the role manager, secrets in it stand as ***." }),
  },
  is_active: tick(),
  deactivated_reason: counted(
    z.string().nullable().meta({ description: "Why the product itself switched it off." }),
  ),
  auth_type: choice(AUTH_TYPES),
  auth_token: secret(secretText({ maxLength: 4096 }).meta({ writeOnly: true })),
  auth_username: textOrNull(optionalText({ maxLength: 1024 })),
  auth_password: secret(secretText({ maxLength: 1024 }).meta({ writeOnly: true })),
  custom_headers: secretHeaders(
    textsByName(validateCustomHeaders).meta({
      description:
        `Sent with every auth_type. Answers name the headers with "${SET}" for their values. Also accepted as a ` +
        "string that holds this JSON.",
      examples: [{ "X-API-Key": "your-api-key" }],
    }),
  ),
  send_on_order_created: tick(),
  send_on_order_updated: tick(),
  send_on_order_status_changed: tick(),
  send_on_order_cancelled: tick(),
  filter_organization_ids: list(visibleText({ maxLength: 200 })),
  filter_order_types: list(
    z.preprocess((type) => (typeof type === "string" ? normaliseOrderType(type) : type), oneOf(ORDER_TYPES)),
  ),
  filter_statuses: list(visibleText({ maxLength: 200 }).overwrite(normaliseStatus)),
  payload_format: choice(PAYLOAD_FORMATS),
  include_fields: list(oneOf(INCLUDABLE_FIELDS)),
  custom_payload_template: textOrNull(
    optionalText({ maxLength: 100_000 })
      .superRefine((template, context) => {
        const check = template === null ? null : validateTemplate(template);
        if (!check || check.ok) return;
        for (const { path, refusal } of check.errors) {
          const placed = path ? refuse("at_place", { place: path, refusal }) : refusal;
          context.addIssue({ code: "custom", message: zodMessage(placed) });
        }
      })
      .meta({ examples: ['{"number": "{{order.readable_number}}", "status": "{{order.status}}"}'] }),
  ),
  retry_count: number(RANGES.retry_count),
  retry_delay_seconds: number(RANGES.retry_delay_seconds),
  timeout_seconds: number(RANGES.timeout_seconds),
  ordered: tick(),
  give_up_after_minutes: number(RANGES.give_up_after_minutes),
  signing_secret: secret(secretText({ maxLength: 200 }).meta({ writeOnly: true })),
  total_sent: counted(z.int().meta({ description: "Requests made, tests aside." })),
  total_success: counted(z.int()),
  total_failed: counted(z.int()),
  success_rate: counted(
    z.number().nullable().meta({ description: "Percent with one decimal; null before the first request." }),
  ),
  last_sent_at: counted(time.nullable()),
  last_success_at: counted(time.nullable()),
  last_error: counted(z.string().nullable()),
  created_at: counted(time),
  updated_at: counted(time),
};

type Fields = typeof FIELDS;
export type FieldName = keyof Fields;
type OfKind<Kind extends string> = {
  [Name in FieldName]: Fields[Name]["kind"] extends Kind ? Name : never;
}[FieldName];
export type PlainField = OfKind<"plain">;
export type SecretField = OfKind<"secret">;
export type CountedField = OfKind<"counted">;
/** A field that a person sets. */
export type InputField = PlainField | SecretField;

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[];
const ofKind = (...kinds: string[]) => FIELD_NAMES.filter((name) => kinds.includes(FIELDS[name].kind));
export const PLAIN_FIELDS = ofKind("plain") as PlainField[];
export const SECRET_FIELDS = ofKind("secret") as SecretField[];
/** The secrets that are one text each; the headers are kept one by one. */
export const SECRET_TEXTS = ["auth_token", "auth_password", "signing_secret"] as const;
export const COUNTED_FIELDS = ofKind("counted") as CountedField[];
export const INPUT_FIELDS = ofKind("plain", "secret") as InputField[];

/** What of a form decides whether an order event goes to the webhook, however it is called and once it is on. */
export const DRY_RUN_FIELDS = PLAIN_FIELDS.filter(
  (name) => name.startsWith("send_on_") || name.startsWith("filter_"),
) as Extract<PlainField, `send_on_${string}` | `filter_${string}`>[];
export type DryRunField = (typeof DRY_RUN_FIELDS)[number];

/** What decides about matching; a revision keeps these of every change. */
export const MATCHING_FIELDS = ["name", "is_active", ...DRY_RUN_FIELDS] as const;

/** What each kind of authorisation sends. */
export const AUTH_FIELDS = {
  none: [],
  bearer: ["auth_token"],
  basic: ["auth_username", "auth_password"],
  custom: ["custom_headers"],
} as const satisfies Record<AuthType, InputField[]>;

/** The value of a field that is not given; undefined for those that must be. */
export function defaultOf(name: InputField): unknown {
  if (name === "name" || name === "webhook_url") return undefined;
  return name in WEBHOOK_DEFAULTS ? WEBHOOK_DEFAULTS[name as keyof typeof WEBHOOK_DEFAULTS] : null;
}

/** The fields named, each by what `part` takes of it. */
export function mapFields<Name extends FieldName, Part>(
  names: readonly Name[],
  part: (name: Name) => Part,
): Record<Name, Part> {
  return Object.fromEntries(names.map((name) => [name, part(name)])) as Record<Name, Part>;
}
