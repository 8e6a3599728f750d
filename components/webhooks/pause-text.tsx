import { useTranslations } from "next-intl";
import { Moment } from "@/components/logs/moment";
import type { Pause } from "@/lib/webhooks/pause-view";

/** Until when a webhook is paused, by whom and why, in a line. */
export function PauseText({ pause: { until, reason, by } }: { pause: Pause }) {
  const t = useTranslations("webhooks.pause");
  return (
    <>
      {until === null
        ? t("pausedBy", { by })
        : t.rich("pausedUntilBy", { by, until: () => <Moment at={until} /> })}
      {reason && `: ${reason}`}
    </>
  );
}
