import { useTranslations } from "next-intl";
import type { Wait } from "@/lib/log/waits";
import { Moment } from "./moment";

/** What a delivery waits for besides its own next attempt. */
export function DeliveryWait({ wait }: { wait: Wait }) {
  const t = useTranslations("logs.waits");
  switch (wait.kind) {
    case "order":
      return t("order", { event: wait.eventName });
    case "down":
      return t.rich("down", { since: () => <Moment at={wait.since} /> });
    case "held":
      return wait.until === null
        ? t("held")
        : t.rich("heldUntil", { until: () => <Moment at={wait.until ?? ""} /> });
    case "paused":
      return t.rich("paused", { until: () => <Moment at={wait.until} /> });
  }
}
