import { SkipText } from "@/components/orders/skip-text";
import type { TimelineDecision } from "@/lib/log/timeline-decisions";
import { SendEvent } from "./send-event";

type DecisionActionProps = { eventId: string; decision: TimelineDecision };

/** What a manager may do about a decision: send the event once more, or to a webhook it was not meant for. */
export function DecisionAction({ eventId, decision }: DecisionActionProps) {
  const webhook = { id: decision.webhook_id, name: decision.webhook_name };
  if (decision.decision === "not_sent") {
    if (decision.isWebhookDeleted) return null;
    return (
      <SendEvent eventId={eventId} webhook={webhook} kind="anyway">
        {decision.skip && <SkipText reason={decision.skip} />}
      </SendEvent>
    );
  }
  const last = decision.deliveries.at(-1);
  if (!last || last.state === "pending") return null;
  return <SendEvent eventId={eventId} webhook={webhook} kind="again" />;
}
