import { type SQL, sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { StoredFlow } from "./stored-flow";
import type { StoredPause } from "./stored-pause";
import { GIVEN_UP_CODES, type StoredRefusal } from "./stored-refusal";
import { WEBHOOK_DEFAULTS } from "./webhook-defaults";

const time = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const bigNumber = (name: string) => bigint(name, { mode: "number" });

export const users = pgTable(
  "users",
  {
    id: serial("id").primaryKey(),
    email: text("email").notNull(),
    name: text("name").notNull(),
    role: text("role").notNull(),
    password_hash: text("password_hash").notNull(),
    is_active: boolean("is_active").notNull().default(true),
    // Raised when the password or the role changes or the user is disabled: a sign-in under way then fails.
    session_epoch: integer("session_epoch").notNull().default(0),
    // An admin gave the password: its owner has to choose another one before anything else.
    must_change_password: boolean("must_change_password").notNull().default(false),
    // The second factor (RFC 6238), AES-256-GCM; null where it is off.
    totp_secret_enc: text("totp_secret_enc"),
    // The time step of the last code taken: a code works once.
    totp_last_step: integer("totp_last_step"),
    // SHA-256 of the recovery codes that are left.
    recovery_code_hashes: json("recovery_code_hashes").$type<string[]>(),
    created_at: time("created_at").notNull().defaultNow(),
    last_sign_in_at: time("last_sign_in_at"),
  },
  (t) => [uniqueIndex("users_email").on(sql`lower(${t.email})`)],
);

/**
 * A sign-in and what became of it. One that has ended is kept until it would have expired: it tells from which
 * addresses a user signs in.
 */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    user_id: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    client_ip: text("client_ip").notNull(),
    user_agent: text("user_agent"),
    created_at: time("created_at").notNull().defaultNow(),
    last_seen_at: time("last_seen_at").notNull().defaultNow(),
    ended_at: time("ended_at"),
  },
  (t) => [index("sessions_user").on(t.user_id, t.created_at)],
);

export const apiTokens = pgTable("api_tokens", {
  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  role: text("role").notNull(),
  // SHA-256 of the token in hex; the token itself is shown once and never stored.
  token_hash: text("token_hash").notNull().unique(),
  prefix: text("prefix").notNull(),
  created_by: text("created_by").notNull(),
  // Whose power it has: it stops with that user. Null for the ones that the product made itself.
  owner_id: integer("owner_id").references(() => users.id, { onDelete: "cascade" }),
  created_at: time("created_at").notNull().defaultNow(),
  last_used_at: time("last_used_at"),
  revoked_at: time("revoked_at"),
});

/** An admin's configuration. Columns ending in `Enc` are AES-256-GCM (lib/crypto). */
export const outgoingWebhooks = pgTable("outgoing_webhooks", {
  id: serial("id").primaryKey(),
  name: text("name").notNull(),
  description: text("description"),
  webhook_url: text("webhook_url").notNull(),
  is_active: boolean("is_active").notNull().default(WEBHOOK_DEFAULTS.is_active),
  // Why the product itself switched it off (410 Gone); null when a person did.
  deactivated_reason: text("deactivated_reason"),
  // How a person paused it; only while it is not active.
  pause: json("pause").$type<StoredPause>(),
  // When a pause that held its orders ended: how long they wait before they are given up counts from then.
  resumed_at: time("resumed_at"),
  auth_type: text("auth_type").notNull().default(WEBHOOK_DEFAULTS.auth_type),
  auth_token_enc: text("auth_token_enc"),
  auth_username: text("auth_username"),
  auth_password_enc: text("auth_password_enc"),
  custom_headers_enc: text("custom_headers_enc"),
  send_on_order_created: boolean("send_on_order_created")
    .notNull()
    .default(WEBHOOK_DEFAULTS.send_on_order_created),
  send_on_order_updated: boolean("send_on_order_updated")
    .notNull()
    .default(WEBHOOK_DEFAULTS.send_on_order_updated),
  send_on_order_status_changed: boolean("send_on_order_status_changed")
    .notNull()
    .default(WEBHOOK_DEFAULTS.send_on_order_status_changed),
  send_on_order_cancelled: boolean("send_on_order_cancelled")
    .notNull()
    .default(WEBHOOK_DEFAULTS.send_on_order_cancelled),
  filter_organization_ids: json("filter_organization_ids").$type<string[] | null>(),
  filter_order_types: json("filter_order_types").$type<string[] | null>(),
  filter_statuses: json("filter_statuses").$type<string[] | null>(),
  payload_format: text("payload_format").notNull().default(WEBHOOK_DEFAULTS.payload_format),
  include_fields: json("include_fields").$type<string[] | null>(),
  custom_payload_template: text("custom_payload_template"),
  retry_count: integer("retry_count").notNull().default(WEBHOOK_DEFAULTS.retry_count),
  retry_delay_seconds: integer("retry_delay_seconds").notNull().default(WEBHOOK_DEFAULTS.retry_delay_seconds),
  timeout_seconds: integer("timeout_seconds").notNull().default(WEBHOOK_DEFAULTS.timeout_seconds),
  // The deliveries of one order go one after another.
  ordered: boolean("ordered").notNull().default(WEBHOOK_DEFAULTS.ordered),
  // How long a delivery outlasts a fault that time can mend; 0: it fails when its attempts are used up.
  give_up_after_minutes: integer("give_up_after_minutes")
    .notNull()
    .default(WEBHOOK_DEFAULTS.give_up_after_minutes),
  signing_secret_enc: text("signing_secret_enc"),
  previous_signing_secret_enc: text("previous_signing_secret_enc"),
  previous_signing_secret_until: time("previous_signing_secret_until"),
  created_at: time("created_at").notNull().defaultNow(),
  updated_at: time("updated_at").notNull().defaultNow(),
});

/** Counters of requests, tests aside. Apart from the configuration so that counting rewrites a narrow row. */
export const webhookStats = pgTable("webhook_stats", {
  webhook_id: integer("webhook_id")
    .primaryKey()
    .references(() => outgoingWebhooks.id, { onDelete: "cascade" }),
  total_sent: bigNumber("total_sent").notNull().default(0),
  total_success: bigNumber("total_success").notNull().default(0),
  total_failed: bigNumber("total_failed").notNull().default(0),
  consecutive_failures: integer("consecutive_failures").notNull().default(0),
  last_sent_at: time("last_sent_at"),
  last_success_at: time("last_success_at"),
  last_error: text("last_error"),
  // What holds up its deliveries; null when nothing does.
  flow: json("flow").$type<StoredFlow>(),
});

/** Requests per webhook and five minutes, for charts that cost the same at any log length. */
export const webhookIntervals = pgTable(
  "webhook_intervals",
  {
    webhook_id: integer("webhook_id")
      .notNull()
      .references(() => outgoingWebhooks.id, { onDelete: "cascade" }),
    starts_at: time("starts_at").notNull(),
    succeeded: integer("succeeded").notNull().default(0),
    failed: integer("failed").notNull().default(0),
    // Requests by duration: bucket i counts those of at most DURATION_BUCKETS_MS[i] (lib/log/duration-buckets).
    durations: integer("durations").array().notNull(),
    // In milliseconds; null where some were counted before these were kept.
    shortest_ms: integer("shortest_ms"),
    longest_ms: integer("longest_ms"),
  },
  (t) => [
    primaryKey({ columns: [t.webhook_id, t.starts_at] }),
    index("webhook_intervals_starts_at").on(t.starts_at),
  ],
);

/** What each alert channel was last told about a webhook; a channel without a row was told nothing yet. */
export const webhookAlerts = pgTable(
  "webhook_alerts",
  {
    webhook_id: integer("webhook_id")
      .notNull()
      .references(() => outgoingWebhooks.id, { onDelete: "cascade" }),
    // email or telegram
    channel: text("channel").notNull(),
    // ok, failing, down or deactivated
    state: text("state").notNull(),
    told_at: time("told_at").notNull(),
    // Up to when it was told of orders that were given up.
    given_up_told_until: time("given_up_told_until"),
  },
  (t) => [primaryKey({ columns: [t.webhook_id, t.channel] })],
);

/** Alerts as the panel sets them up. What the environment sets up stands nowhere here. */
export const alertSettings = pgTable("alert_settings", {
  // email, telegram or rules
  key: text("key").primaryKey(),
  value: json("value").notNull(),
  // The mail password or the bot's token, AES-256-GCM.
  secret_enc: text("secret_enc"),
});

/** Why a channel for alerts took nothing the last time; without a row it took what it was sent. */
export const alertFaults = pgTable("alert_faults", {
  channel: text("channel").primaryKey(),
  since: time("since").notNull(),
  // A lib/refusals Refusal.
  fault: json("fault").notNull(),
});

/**
 * What decides about matching, as it was after each change, so that «why was it not sent» is answered
 * from the configuration of that moment. `seq` is the version every order event records.
 */
export const webhookRevisions = pgTable(
  "webhook_revisions",
  {
    seq: bigserial("seq", { mode: "number" }).primaryKey(),
    // No foreign key: the timeline of an order still names a webhook that was deleted since.
    webhook_id: integer("webhook_id").notNull(),
    config: json("config").notNull(),
    is_deleted: boolean("is_deleted").notNull().default(false),
    created_at: time("created_at").notNull().defaultNow(),
  },
  (t) => [index("webhook_revisions_webhook").on(t.webhook_id, t.seq)],
);

/**
 * Digits from the end, so that a number is found however it is written and by its last digits alone. What is not a
 * digit is translated away, which costs less than a regular expression.
 */
export const PHONE_DIGITS_REVERSED =
  "reverse(translate(customer_phone, translate(customer_phone, '0123456789', ''), ''))";

export const EXTERNAL_ID_REVERSED = "reverse(order_external_id)";

/** Of a customer's name what follows its first word, so that a surname is found too. */
export const CUSTOMER_REST = "nullif(substr(customer_name, strpos(customer_name || ' ', ' ') + 1), '')";

/** What iiko-base sent. `id` is the sender's own where it gave one, and deduplicates. */
export const orderEvents = pgTable(
  "order_events",
  {
    id: text("id").primaryKey(),
    seq: bigserial("seq", { mode: "number" }).notNull(),
    name: text("name").notNull(),
    ts: time("ts"),
    // The JSON as it came, in a text column: jsonb refuses \u0000, and nothing queries inside it.
    data: text("data").notNull(),
    state: text("state").notNull(),
    // Why it was rejected, in English; what is rejected since `refusals` are kept has none.
    reason: text("reason"),
    order_id: bigNumber("order_id"),
    order_external_id: text("order_external_id"),
    readable_number: text("readable_number"),
    customer_phone: text("customer_phone"),
    // For search only (lib/orders/searched-name); null for what came in before it was kept.
    customer_name: text("customer_name"),
    order_status: text("order_status"),
    received_at: time("received_at").notNull().defaultNow(),
    // webhook_revisions.seq when it was matched; null until then.
    matched_revision: bigNumber("matched_revision"),
    // Why it was rejected.
    refusals: json("refusals").$type<StoredRefusal[]>(),
  },
  (t) => [
    uniqueIndex("order_events_seq").on(t.seq),
    // By bytes, so that the beginning of an id is found in it too.
    index("order_events_external_id").on(t.order_external_id.op("text_pattern_ops"), t.seq),
    index("order_events_external_id_end").on(sql`${sql.raw(EXTERNAL_ID_REVERSED)} text_pattern_ops`),
    index("order_events_order_id").on(t.order_id, t.seq),
    index("order_events_received_at").on(t.received_at),
    index("order_events_name").on(t.name, t.seq),
    index("order_events_rejected").on(t.seq).where(sql`state = 'rejected'`),
    // What is still to be matched; empty most of the time.
    index("order_events_unmatched").on(t.seq).where(sql`state = 'accepted' and matched_revision is null`),
    index("order_events_number").on(t.readable_number.op("text_pattern_ops"), t.seq),
    index("order_events_customer").on(t.customer_name.op("text_pattern_ops")),
    index("order_events_customer_rest").on(sql`${sql.raw(CUSTOMER_REST)} text_pattern_ops`),
    index("order_events_phone").on(sql`${sql.raw(PHONE_DIGITS_REVERSED)} text_pattern_ops`),
  ],
);

/** What iiko itself sent, byte for byte. The order event made of it has the id `iiko-` + `id`. */
export const iikoMessages = pgTable(
  "iiko_messages",
  {
    // SHA-256 of the text: the same message is kept once.
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    organization_id: text("organization_id"),
    iiko_order_id: text("iiko_order_id"),
    // By iiko's clock; null where it does not tell.
    changed_at: time("changed_at"),
    // event, older, unchanged, no_order or too_large
    outcome: text("outcome").notNull(),
    text: text("text").notNull(),
    received_at: time("received_at").notNull().defaultNow(),
  },
  (t) => [
    // How new what is known of an order is; an older message was not taken.
    index("iiko_messages_order")
      .on(t.iiko_order_id, t.changed_at)
      .where(sql`outcome in ('event', 'unchanged')`),
    index("iiko_messages_kind").on(t.kind, t.received_at),
    index("iiko_messages_received_at").on(t.received_at),
  ],
);

/** What people call a thing that orders hold only the code of. */
export const names = pgTable(
  "names",
  {
    // organization, order_type or status
    kind: text("kind").notNull(),
    // In the one spelling that lib/names gives it.
    key: text("key").notNull(),
    name: text("name").notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] })],
);

/** Whether a delivery failed because it had waited for too long; `row` names it. */
export function isGivenUp(row: string): SQL {
  const codes = GIVEN_UP_CODES.map((code) => `'${code}'`).join(", ");
  return sql.raw(`${row}.state = 'failed' and ${row}.refusal ->> 'code' in (${codes})`);
}

/** One order event on its way to one webhook; `id` is the `webhook-id` of all its attempts. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid("id").primaryKey(),
    event_id: text("event_id").notNull(),
    // No foreign key: a check per row would lock the one webhook, and a cascade over a long log blocks for minutes.
    // What a deletion leaves is hidden by the join with the webhook and purged in batches (lib/webhooks/remove).
    webhook_id: integer("webhook_id").notNull(),
    is_resend: boolean("is_resend").notNull().default(false),
    state: text("state").notNull().default("pending"),
    // As order_events.reason.
    reason: text("reason"),
    // Its place in the webhook's line: order_events.seq of its event; a resend takes a number of its own from there.
    position: bigNumber("position").notNull().default(0),
    // Built once, sent byte for byte the same at every attempt.
    body: text("body").notNull(),
    attempts: integer("attempts").notNull().default(0),
    // Of the product's own since the last attempt, such as a secret that cannot be decrypted.
    failures: integer("failures").notNull().default(0),
    next_attempt_at: time("next_attempt_at"),
    // On Inngest: until when it has a run that makes the next attempt (db/queries/turns.ts).
    run_until: time("run_until"),
    created_at: time("created_at").notNull().defaultNow(),
    finished_at: time("finished_at"),
    // Why it failed or was cancelled.
    refusal: json("refusal").$type<StoredRefusal>(),
  },
  (t) => [
    uniqueIndex("deliveries_event_webhook").on(t.event_id, t.webhook_id).where(sql`not is_resend`),
    index("deliveries_resent").on(t.event_id).where(sql`is_resend`),
    // The queue: what each webhook still has to be sent, in its order.
    index("deliveries_pending").on(t.webhook_id, t.position, t.id).where(sql`state = 'pending'`),
    // As many as are under way on Inngest; none on the embedded engine.
    index("deliveries_running").on(t.webhook_id).where(sql`state = 'pending' and run_until is not null`),
    index("deliveries_failed").on(t.webhook_id, t.created_at).where(sql`state = 'failed'`),
    // Few: db/queries/given-up.ts.
    index("deliveries_given_up").on(t.webhook_id, t.finished_at).where(isGivenUp("deliveries")),
  ],
);

/** One HTTP request: an attempt of a delivery, or a test. */
export const outgoingWebhookLogs = pgTable(
  "outgoing_webhook_logs",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    // No foreign key, as in deliveries.
    webhook_id: integer("webhook_id").notNull(),
    delivery_id: uuid("delivery_id"),
    event_id: text("event_id"),
    order_id: bigNumber("order_id"),
    order_external_id: text("order_external_id"),
    event_type: text("event_type").notNull(),
    attempt_number: integer("attempt_number").notNull(),
    request_url: text("request_url").notNull(),
    request_method: text("request_method").notNull().default("POST"),
    request_headers: json("request_headers").$type<Record<string, string>>().notNull(),
    // Only where there is no delivery to read it from, that is for a test.
    request_body: text("request_body"),
    response_status: integer("response_status"),
    response_headers: json("response_headers").$type<Record<string, string>>(),
    response_body: text("response_body"),
    duration_ms: integer("duration_ms").notNull(),
    success: boolean("success").notNull(),
    error_code: text("error_code"),
    // As order_events.reason.
    error_message: text("error_message"),
    created_at: time("created_at").notNull().defaultNow(),
    // Why it failed.
    fault: json("fault").$type<StoredRefusal>(),
  },
  (t) => [
    // Serves every filter of the log: db/queries/logs.ts merges its (webhook, event type, success) runs by id.
    // `id + 0` lest the planner take the primary key for the same order and walk the whole table by id.
    index("logs_filter").on(t.webhook_id, t.event_type, t.success, sql`(id + 0)`),
    index("logs_created_at").on(t.created_at),
    index("logs_order_external_id").on(t.order_external_id, t.id),
    index("logs_order_id").on(t.order_id, t.id),
    index("logs_delivery").on(t.delivery_id),
  ],
);

/** The built-in receiver: one row, made when its page is first opened. */
export const inspectors = pgTable("inspectors", {
  id: integer("id").primaryKey(),
  // In its address: whoever knows it can send there.
  token: text("token").notNull().unique(),
  // lib/inspector/behaviour
  behaviour: json("behaviour").notNull(),
  // Requests so far; the number of the last one.
  received: bigNumber("received").notNull().default(0),
  created_at: time("created_at").notNull().defaultNow(),
});

/** What came to the inspector last; older ones go as new ones come. */
export const inspectorRequests = pgTable("inspector_requests", {
  number: bigNumber("number").primaryKey(),
  received_at: time("received_at").notNull().defaultNow(),
  method: text("method").notNull(),
  target: text("target").notNull(),
  // Pairs of name and value as JSON, AES-256-GCM: a webhook's token is among them.
  headers_enc: text("headers_enc").notNull(),
  // Whether the names are spelt as they came, or in lower case.
  is_spelt_as_sent: boolean("is_spelt_as_sent").notNull(),
  // Its beginning, as text.
  body: text("body").notNull(),
  body_bytes: integer("body_bytes").notNull(),
  // The headers webhook-id, webhook-event and webhook-attempt.
  message_id: text("message_id"),
  event: text("event"),
  attempt: integer("attempt"),
  // Requests with the same webhook-id that came before.
  seen_before: integer("seen_before").notNull(),
  // Our own webhook that sent it; null where none is known.
  webhook_id: integer("webhook_id"),
  // valid, wrong, missing or unsigned; null where the sender is not known.
  signature: text("signature"),
  // Null where the connection was dropped.
  answer_status: integer("answer_status"),
  delay_seconds: integer("delay_seconds").notNull(),
});

/** What a form of the panel has made, so that it makes nothing again when it is sent again without an answer. */
export const formKeys = pgTable(
  "form_keys",
  {
    user_id: integer("user_id").notNull(),
    // Made by the form.
    key: text("key").notNull(),
    // Of the webhooks, the token, the user or the delivery; empty only inside the transaction that makes them.
    made_ids: json("made_ids").$type<(number | string)[]>().notNull(),
    created_at: time("created_at").notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.user_id, t.key] })],
);

/** Who changed what. Written in the mutation's own transaction; never holds a secret. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    at: time("at").notNull().defaultNow(),
    actor_kind: text("actor_kind").notNull(),
    actor_id: integer("actor_id").notNull(),
    actor_name: text("actor_name").notNull(),
    // e.g. webhook.create, webhook.delete, token.revoke, user.disable, sign_in.failed
    action: text("action").notNull(),
    subject_kind: text("subject_kind").notNull(),
    subject_id: text("subject_id").notNull(),
    subject_name: text("subject_name"),
    changes: json("changes").$type<Record<string, { from: unknown; to: unknown }>>(),
  },
  (t) => [index("audit_log_subject").on(t.subject_kind, t.subject_id, t.id)],
);
