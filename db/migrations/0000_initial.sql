CREATE TABLE "api_tokens" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"prefix" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_tokens_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" integer NOT NULL,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"subject_name" text,
	"changes" json
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" text NOT NULL,
	"webhook_id" integer NOT NULL,
	"is_resend" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"reason" text,
	"body" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "order_events" (
	"id" text PRIMARY KEY NOT NULL,
	"seq" bigserial NOT NULL,
	"name" text NOT NULL,
	"ts" timestamp with time zone,
	"data" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"order_id" bigint,
	"order_external_id" text,
	"readable_number" text,
	"customer_phone" text,
	"order_status" text,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"matched_revision" bigint
);
--> statement-breakpoint
CREATE TABLE "outgoing_webhook_logs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"webhook_id" integer NOT NULL,
	"delivery_id" uuid,
	"event_id" text,
	"order_id" bigint,
	"order_external_id" text,
	"event_type" text NOT NULL,
	"attempt_number" integer NOT NULL,
	"request_url" text NOT NULL,
	"request_method" text DEFAULT 'POST' NOT NULL,
	"request_headers" json NOT NULL,
	"request_body" text,
	"response_status" integer,
	"response_headers" json,
	"response_body" text,
	"duration_ms" integer NOT NULL,
	"success" boolean NOT NULL,
	"error_code" text,
	"error_message" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outgoing_webhooks" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"webhook_url" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"deactivated_reason" text,
	"auth_type" text DEFAULT 'none' NOT NULL,
	"auth_token_enc" text,
	"auth_username" text,
	"auth_password_enc" text,
	"custom_headers_enc" text,
	"send_on_order_created" boolean DEFAULT true NOT NULL,
	"send_on_order_updated" boolean DEFAULT true NOT NULL,
	"send_on_order_status_changed" boolean DEFAULT true NOT NULL,
	"send_on_order_cancelled" boolean DEFAULT false NOT NULL,
	"filter_organization_ids" json,
	"filter_order_types" json,
	"filter_statuses" json,
	"payload_format" text DEFAULT 'iiko_soi' NOT NULL,
	"include_fields" json,
	"custom_payload_template" text,
	"retry_count" integer DEFAULT 3 NOT NULL,
	"retry_delay_seconds" integer DEFAULT 5 NOT NULL,
	"timeout_seconds" integer DEFAULT 30 NOT NULL,
	"signing_secret_enc" text,
	"previous_signing_secret_enc" text,
	"previous_signing_secret_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" text PRIMARY KEY NOT NULL,
	"function" text NOT NULL,
	"lane" text NOT NULL,
	"event" json NOT NULL,
	"memo" json,
	"due_at" timestamp with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" serial PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"session_epoch" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_sign_in_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_intervals" (
	"webhook_id" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"durations" integer[] NOT NULL,
	CONSTRAINT "webhook_intervals_webhook_id_starts_at_pk" PRIMARY KEY("webhook_id","starts_at")
);
--> statement-breakpoint
CREATE TABLE "webhook_revisions" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"webhook_id" integer NOT NULL,
	"config" json NOT NULL,
	"is_deleted" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_stats" (
	"webhook_id" integer PRIMARY KEY NOT NULL,
	"total_sent" bigint DEFAULT 0 NOT NULL,
	"total_success" bigint DEFAULT 0 NOT NULL,
	"total_failed" bigint DEFAULT 0 NOT NULL,
	"consecutive_failures" integer DEFAULT 0 NOT NULL,
	"last_sent_at" timestamp with time zone,
	"last_success_at" timestamp with time zone,
	"last_error" text
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_id_outgoing_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."outgoing_webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outgoing_webhook_logs" ADD CONSTRAINT "outgoing_webhook_logs_webhook_id_outgoing_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."outgoing_webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_intervals" ADD CONSTRAINT "webhook_intervals_webhook_id_outgoing_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."outgoing_webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_stats" ADD CONSTRAINT "webhook_stats_webhook_id_outgoing_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."outgoing_webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject_kind","subject_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_event_webhook" ON "deliveries" USING btree ("event_id","webhook_id") WHERE not is_resend;--> statement-breakpoint
CREATE INDEX "deliveries_resent" ON "deliveries" USING btree ("event_id") WHERE is_resend;--> statement-breakpoint
CREATE INDEX "deliveries_pending" ON "deliveries" USING btree ("webhook_id","created_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "deliveries_failed" ON "deliveries" USING btree ("webhook_id","created_at") WHERE state = 'failed';--> statement-breakpoint
CREATE UNIQUE INDEX "order_events_seq" ON "order_events" USING btree ("seq");--> statement-breakpoint
CREATE INDEX "order_events_external_id" ON "order_events" USING btree ("order_external_id","seq");--> statement-breakpoint
CREATE INDEX "order_events_order_id" ON "order_events" USING btree ("order_id","seq");--> statement-breakpoint
CREATE INDEX "order_events_received_at" ON "order_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "order_events_rejected" ON "order_events" USING btree ("seq") WHERE state = 'rejected';--> statement-breakpoint
CREATE INDEX "logs_webhook" ON "outgoing_webhook_logs" USING btree ("webhook_id","id");--> statement-breakpoint
CREATE INDEX "logs_created_at" ON "outgoing_webhook_logs" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "logs_order_external_id" ON "outgoing_webhook_logs" USING btree ("order_external_id","id");--> statement-breakpoint
CREATE INDEX "logs_order_id" ON "outgoing_webhook_logs" USING btree ("order_id","id");--> statement-breakpoint
CREATE INDEX "logs_delivery" ON "outgoing_webhook_logs" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "logs_failed" ON "outgoing_webhook_logs" USING btree ("id") WHERE not success;--> statement-breakpoint
CREATE INDEX "logs_webhook_failed" ON "outgoing_webhook_logs" USING btree ("webhook_id","id") WHERE not success;--> statement-breakpoint
CREATE INDEX "logs_test" ON "outgoing_webhook_logs" USING btree ("id") WHERE event_type = 'test';--> statement-breakpoint
CREATE INDEX "runs_lane" ON "runs" USING btree ("lane","due_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "webhook_intervals_starts_at" ON "webhook_intervals" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "webhook_revisions_webhook" ON "webhook_revisions" USING btree ("webhook_id","seq");