DROP INDEX "logs_filter";--> statement-breakpoint
CREATE INDEX "logs_filter" ON "outgoing_webhook_logs" USING btree ("webhook_id","event_type","success",(id + 0));