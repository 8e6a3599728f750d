ALTER TABLE "outgoing_webhooks" ADD COLUMN "pause" json;--> statement-breakpoint
ALTER TABLE "outgoing_webhooks" ADD COLUMN "resumed_at" timestamp with time zone;