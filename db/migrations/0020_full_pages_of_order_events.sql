-- The room was for changes in place, which the index of unmatched events has made impossible.
ALTER TABLE "order_events" RESET (fillfactor);
