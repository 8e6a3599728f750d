import { useTranslations } from "next-intl";
import { DELIVERY_LOOKS } from "@/components/logs/delivery-state";
import { Badge } from "@/components/ui/badge";
import type { BrowsedEvent } from "@/lib/log/browse-order-events";

const STATES = ["failed", "pending", "succeeded", "cancelled"] as const;

// Longer, and the number says more at a glance.
const MAX_NAMES_LENGTH = 36;

/** Which webhooks an event reached and did not reach; of several deliveries to one webhook the last counts. */
export function OutcomeSummary({ event }: { event: BrowsedEvent }) {
  const t = useTranslations("orders");
  if (event.state === "rejected") return <Badge variant="warning">{t("rejected")}</Badge>;
  const last = [...new Map(event.deliveries.map((one) => [one.webhook_id, one])).values()];
  if (last.length === 0) return <span className="text-muted-foreground">{t("nobody")}</span>;
  return (
    <span className="flex flex-wrap gap-1.5">
      {STATES.map((state) => {
        const names = last.filter((one) => one.state === state).map((one) => one.webhook_name);
        if (names.length === 0) return null;
        const all = names.join(", ");
        return (
          <Badge
            key={state}
            variant={DELIVERY_LOOKS[state].variant}
            title={all}
            className="shrink whitespace-normal [overflow-wrap:anywhere]"
          >
            {t(`counts.${state}`, { who: all.length > MAX_NAMES_LENGTH ? names.length : all })}
          </Badge>
        );
      })}
    </span>
  );
}
