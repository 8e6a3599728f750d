DROP INDEX "order_events_external_id";--> statement-breakpoint
DROP INDEX "order_events_number";--> statement-breakpoint
ALTER TABLE "order_events" ADD COLUMN "customer_name" text;--> statement-breakpoint
ALTER TABLE "webhook_intervals" ADD COLUMN "shortest_ms" integer;--> statement-breakpoint
ALTER TABLE "webhook_intervals" ADD COLUMN "longest_ms" integer;--> statement-breakpoint
CREATE INDEX "order_events_external_id_end" ON "order_events" USING btree (reverse(order_external_id) text_pattern_ops);--> statement-breakpoint
CREATE INDEX "order_events_customer" ON "order_events" USING btree ("customer_name" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "order_events_customer_rest" ON "order_events" USING btree (nullif(substr(customer_name, strpos(customer_name || ' ', ' ') + 1), '') text_pattern_ops);--> statement-breakpoint
CREATE INDEX "order_events_external_id" ON "order_events" USING btree ("order_external_id" text_pattern_ops,"seq");--> statement-breakpoint
CREATE INDEX "order_events_number" ON "order_events" USING btree ("readable_number" text_pattern_ops,"seq");--> statement-breakpoint
-- Requests that were counted by the 23 bounds of before stay between the same two, now in one of the finer buckets there.
UPDATE "webhook_intervals" SET "durations" = ARRAY[durations[1], durations[2], durations[3], durations[4], durations[5], 0, durations[6], 0, durations[7], 0, durations[8], 0, durations[9], 0, durations[10], 0, durations[11], 0, durations[12], 0, durations[13], 0, durations[14], 0, durations[15], 0, durations[16], 0, 0, durations[17], 0, durations[18], 0, 0, 0, durations[19], 0, 0, 0, durations[20], 0, 0, 0, durations[21], 0, 0, 0, durations[22], 0, durations[23], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] WHERE cardinality("durations") = 23;
