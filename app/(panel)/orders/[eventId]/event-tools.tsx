import type { TimelineEvent } from "@/lib/log/get-order-timeline";
import { RawEvent } from "./raw-event";
import { TestWithOrder } from "./test-with-order";

/** What came in, and a test with it; for those who may see bodies. */
export function EventTools({ event }: { event: TimelineEvent }) {
  return (
    <div className="grid gap-1.5">
      <RawEvent eventId={event.id} isFromIiko={event.is_from_iiko} isRejected={event.state === "rejected"} />
      {event.state === "accepted" && (
        <div className="-mx-2.5 flex">
          <TestWithOrder eventId={event.id} />
        </div>
      )}
    </div>
  );
}
