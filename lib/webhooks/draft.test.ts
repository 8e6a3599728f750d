import { expect, test } from "vitest";
import { NEW_DRAFT, toDraft, type WebhookDraft } from "./draft";
import { draftErrors } from "./draft-errors";
import { changedInput, toInput } from "./draft-input";
import { defaultOf, FIELD_NAMES, INPUT_FIELDS, mapFields } from "./fields";
import { STARTERS, starterDraft } from "./starters";
import { Webhook, type WebhookView } from "./view";

const GOOD: WebhookDraft = { ...NEW_DRAFT, name: "CRM", webhook_url: "https://crm.example/orders" };

const paths = (change: Partial<WebhookDraft>) => [
  ...new Set(draftErrors({ ...GOOD, ...change }).map((error) => error.path)),
];

test.each<[string, Partial<WebhookDraft>, string[]]>([
  ["nothing", {}, []],
  ["no name", { name: "  " }, ["name"]],
  ["a long name", { name: "я".repeat(256) }, ["name"]],
  ["no URL", { webhook_url: "" }, ["webhook_url"]],
  ["a URL of another scheme", { webhook_url: "ftp://crm.example" }, ["webhook_url"]],
  ["a URL with a port that there is not", { webhook_url: "https://crm.example:0/" }, ["webhook_url"]],
  ["a URL with a password", { webhook_url: "https://me:secret@crm.example" }, ["webhook_url"]],
  ["too many retries", { retry_count: "11" }, ["retry_count"]],
  ["a negative delay", { retry_delay_seconds: "-1" }, ["retry_delay_seconds"]],
  ["half a second", { timeout_seconds: "5.5" }, ["timeout_seconds"]],
  ["no number", { timeout_seconds: "" }, ["timeout_seconds"]],
  ["a type that does not exist", { filter_order_types: ["flying"] }, ["filter_order_types"]],
  ["a type as iiko calls it", { filter_order_types: ["DeliveryByCourier", "dine_in"] }, []],
  ["an unknown status, which passes", { filter_statuses: ["Cooling"] }, []],
  ["an organization that is no UUID at all", { filter_organization_ids: ["main-kitchen"] }, []],
  [
    "a UUID with a slip",
    { filter_organization_ids: ["550e8400-e29b-41d4-a716-44665544000g"] },
    ["filter_organization_ids"],
  ],
  ["no token", { auth_type: "bearer" }, ["auth_token"]],
  ["a token that is set", { auth_type: "bearer", auth_token: "***" }, []],
  ["a token in Cyrillic", { auth_type: "bearer", auth_token: "токен" }, ["auth_token"]],
  ["no user and password", { auth_type: "basic" }, ["auth_username", "auth_password"]],
  ["no header", { auth_type: "custom" }, ["custom_headers"]],
  [
    "an empty row of headers",
    {
      auth_type: "custom",
      custom_headers: [
        { name: "X-API-Key", value: "1" },
        { name: "", value: "" },
      ],
    },
    [],
  ],
  [
    "a header that the product sets",
    { auth_type: "custom", custom_headers: [{ name: "Host", value: "1" }] },
    ["custom_headers.Host"],
  ],
  [
    "a header given twice",
    {
      auth_type: "custom",
      custom_headers: [
        { name: "X-Key", value: "1" },
        { name: "x-key", value: "2" },
      ],
    },
    ["custom_headers.x-key"],
  ],
  ["a template of a format not chosen", { custom_kind: "template", custom_payload_template: "{" }, []],
  [
    "a template that is not JSON",
    { payload_format: "custom", custom_kind: "template", custom_payload_template: "{" },
    ["custom_payload_template"],
  ],
  [
    "a template with an unknown placeholder",
    { payload_format: "custom", custom_kind: "template", custom_payload_template: '["{{order.nope}}"]' },
    ["custom_payload_template"],
  ],
])("the form with %s is wrong at the right fields", (_what, change, expected) => {
  expect(paths(change).sort()).toEqual([...expected].sort());
});

test("an edit sends only what was changed, and keeps secrets that are set", () => {
  const before = toDraft({ ...VIEW, auth_type: "bearer", auth_token: "***" });
  expect(changedInput({ before, after: before })).toEqual({});
  expect(changedInput({ before, after: { ...before, retry_count: "0" } })).toEqual({ retry_count: 0 });
  expect(changedInput({ before, after: { ...before, auth_token: "new" } })).toEqual({ auth_token: "new" });
});

test("a secret of a kind that is not chosen stays until it is taken away", () => {
  const before = toDraft({ ...VIEW, auth_type: "bearer", auth_token: "***" });
  const without: WebhookDraft = { ...before, auth_type: "none" };
  expect(changedInput({ before, after: without })).toEqual({ auth_type: "none" });
  expect(changedInput({ before, after: { ...without, auth_token: "" } })).toEqual({
    auth_type: "none",
    auth_token: null,
  });
});

test.each<[string, Partial<WebhookDraft>, string[]]>([
  ["bearer", { auth_token: "***" }, ["auth_token"]],
  ["basic", { auth_username: "u", auth_password: "***" }, ["auth_password"]],
  ["custom", { custom_headers: [{ name: "X-Key", value: "***" }] }, ["custom_headers.X-Key"]],
  ["none", { auth_token: "***" }, []],
])("an address at another origin asks for the secrets of %s", (auth_type, secrets, expected) => {
  const before = { ...GOOD, ...secrets, auth_type: auth_type as WebhookDraft["auth_type"] };
  const at = (webhook_url: string) => draftErrors({ ...before, webhook_url }, before).map(({ path }) => path);
  expect(at("https://mine.example/orders")).toEqual(expected);
  expect(at("https://crm.example/other")).toEqual([]);
});

test("an address at another origin takes the unused secrets away", () => {
  const before: WebhookDraft = { ...GOOD, auth_token: "***" };
  const after = { ...before, webhook_url: "https://mine.example" };
  expect(changedInput({ before, after })).toEqual({ webhook_url: "https://mine.example", auth_token: null });
});

test("what is typed in a part that is not shown is not sent", () => {
  const input = toInput({ ...GOOD, auth_token: "typed", custom_payload_template: "{", auth_type: "none" });
  expect(input).not.toHaveProperty("auth_token");
  expect(input).not.toHaveProperty("custom_payload_template");
});

test("a guide's example lacks only its address and its secret", () => {
  const missing = new Set(["webhook_url", "auth_token", "auth_username", "auth_password"]);
  for (const starter of STARTERS) {
    expect(draftErrors(starterDraft(starter)).filter(({ path }) => !missing.has(path))).toEqual([]);
  }
});

const VIEW: WebhookView = Webhook.parse({
  ...mapFields(FIELD_NAMES, () => null),
  ...mapFields(INPUT_FIELDS, defaultOf),
  id: 1,
  name: "CRM",
  webhook_url: "https://crm.example/orders",
  total_sent: 0,
  total_success: 0,
  total_failed: 0,
  created_at: "2026-02-11T12:00:00.000Z",
  updated_at: "2026-02-11T12:00:00.000Z",
});

test("an organization that REST took before holds up no other change", () => {
  const before = { ...GOOD, filter_organization_ids: ["550e8400-e29b-41d4-a716-44665544000g"] };
  expect(draftErrors({ ...before, name: "Another" }, before)).toEqual([]);
});
