CREATE TABLE "webhook_alerts" (
	"webhook_id" integer NOT NULL,
	"channel" text NOT NULL,
	"state" text NOT NULL,
	"told_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_alerts_webhook_id_channel_pk" PRIMARY KEY("webhook_id","channel")
);
--> statement-breakpoint
ALTER TABLE "webhook_alerts" ADD CONSTRAINT "webhook_alerts_webhook_id_outgoing_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."outgoing_webhooks"("id") ON DELETE cascade ON UPDATE no action;