CREATE TABLE "inspector_requests" (
	"number" bigint PRIMARY KEY NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"method" text NOT NULL,
	"target" text NOT NULL,
	"headers_enc" text NOT NULL,
	"is_spelt_as_sent" boolean NOT NULL,
	"body" text NOT NULL,
	"body_bytes" integer NOT NULL,
	"message_id" text,
	"event" text,
	"attempt" integer,
	"seen_before" integer NOT NULL,
	"webhook_id" integer,
	"signature" text,
	"answer_status" integer,
	"delay_seconds" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "inspectors" (
	"id" integer PRIMARY KEY NOT NULL,
	"token" text NOT NULL,
	"behaviour" json NOT NULL,
	"received" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "inspectors_token_unique" UNIQUE("token")
);
