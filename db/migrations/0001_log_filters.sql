DROP INDEX "logs_webhook";--> statement-breakpoint
DROP INDEX "logs_failed";--> statement-breakpoint
DROP INDEX "logs_webhook_failed";--> statement-breakpoint
DROP INDEX "logs_test";--> statement-breakpoint
CREATE INDEX "order_events_name" ON "order_events" USING btree ("name","seq");--> statement-breakpoint
CREATE INDEX "logs_filter" ON "outgoing_webhook_logs" USING btree ("webhook_id","event_type","success","id");