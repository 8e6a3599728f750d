import { useTranslations } from "next-intl";
import type { SkipReason } from "@/lib/webhooks/filters";

const FILTERS = {
  organization_filter: "organization",
  order_type_filter: "type",
  status_filter: "status",
} as const;

/** Why an event was not sent to a webhook, in a sentence. */
export function SkipText({ reason }: { reason: SkipReason }) {
  const t = useTranslations("orders.skip");
  if (reason.code === "inactive") return t("inactive");
  if (reason.code === "event_off") return t("event_off", { event: reason.value });
  const allowed = reason.allowed.join(", ");
  const filter = FILTERS[reason.code];
  return reason.value === null
    ? t(`missing.${filter}`, { allowed })
    : t(`given.${filter}`, { value: reason.value, allowed });
}
