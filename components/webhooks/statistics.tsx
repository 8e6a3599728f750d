import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { WebhookView } from "@/lib/webhooks/view";
import { rateColour } from "./rate-colour";
import { RelativeTime } from "./relative-time";

type StatisticsProps = {
  webhook: WebhookView;
  /** Pending deliveries. */
  waiting: number;
  className?: string;
};

/** Отправлено, Успех and Последняя отправка, as the guide names them, and what waits. */
export function Statistics({ webhook, waiting, className }: StatisticsProps) {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const { total_sent: totalSent, success_rate: rate, last_sent_at: lastSentAt } = webhook;
  return (
    <dl className={cn("flex flex-wrap gap-x-6 gap-y-1", className)}>
      <Statistic label={t("sent")}>{format.number(totalSent)}</Statistic>
      <Statistic label={t("success")}>
        {rate === null ? "—" : <span className={rateColour(rate)}>{format.number(rate / 100, PERCENT)}</span>}
      </Statistic>
      <Statistic label={t("lastSent")}>
        {lastSentAt === null ? (
          <span className="text-muted-foreground">{t("notYet")}</span>
        ) : (
          <RelativeTime at={lastSentAt} />
        )}
      </Statistic>
      <Statistic label={t("waiting")}>
        {waiting === 0 ? (
          <span className="text-muted-foreground">0</span>
        ) : (
          <span className="text-warning">{format.number(waiting)}</span>
        )}
      </Statistic>
    </dl>
  );
}

const PERCENT = { style: "percent", maximumFractionDigits: 1 } as const;

function Statistic({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid content-start">
      <dt className="text-muted-foreground text-xs">{label}</dt>
      <dd className="whitespace-nowrap font-medium tabular-nums">{children}</dd>
    </div>
  );
}
