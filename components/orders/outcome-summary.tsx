import { useTranslations } from "next-intl";
import { DELIVERY_LOOKS } from "@/components/logs/delivery-state";
import { Badge } from "@/components/ui/badge";
import type { BrowsedEvent } from "@/lib/log/browse-order-events";

const STATES = ["failed", "pending", "succeeded", "cancelled"] as const;

/** How many webhooks an event reached and did not reach; of several deliveries to one webhook the last counts. */
export function OutcomeSummary({ event }: { event: BrowsedEvent }) {
  const t = useTranslations("orders");
  if (event.state === "rejected") return <Badge variant="warning">{t("rejected")}</Badge>;
  const last = [...new Map(event.deliveries.map((one) => [one.webhook_id, one.state])).values()];
  if (last.length === 0) return <span className="text-muted-foreground">{t("nobody")}</span>;
  return (
    <span className="flex flex-wrap gap-1.5">
      {STATES.map((state) => {
        const count = last.filter((one) => one === state).length;
        if (count === 0) return null;
        return (
          <Badge key={state} variant={DELIVERY_LOOKS[state].variant}>
            {t(`counts.${state}`, { count })}
          </Badge>
        );
      })}
    </span>
  );
}
