DROP TABLE "runs" CASCADE;--> statement-breakpoint
DROP INDEX "deliveries_pending";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "order_events_unmatched" ON "order_events" USING btree ("seq") WHERE state = 'accepted' and matched_revision is null;--> statement-breakpoint
CREATE INDEX "deliveries_pending" ON "deliveries" USING btree ("webhook_id","position","id") WHERE state = 'pending';--> statement-breakpoint
UPDATE "deliveries" d SET "position" = e."seq" FROM "order_events" e WHERE e."id" = d."event_id" AND d."state" = 'pending';
