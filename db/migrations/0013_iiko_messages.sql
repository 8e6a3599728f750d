CREATE TABLE "iiko_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"organization_id" text,
	"iiko_order_id" text,
	"changed_at" timestamp with time zone,
	"outcome" text NOT NULL,
	"text" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "iiko_messages_order" ON "iiko_messages" USING btree ("iiko_order_id","changed_at") WHERE outcome in ('event', 'unchanged');--> statement-breakpoint
CREATE INDEX "iiko_messages_kind" ON "iiko_messages" USING btree ("kind","received_at");--> statement-breakpoint
CREATE INDEX "iiko_messages_received_at" ON "iiko_messages" USING btree ("received_at");