ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_webhook_id_outgoing_webhooks_id_fk";
--> statement-breakpoint
ALTER TABLE "outgoing_webhook_logs" DROP CONSTRAINT "outgoing_webhook_logs_webhook_id_outgoing_webhooks_id_fk";
