import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { WebhookView } from "@/lib/webhooks/view";
import { rateColour } from "./rate-colour";
import { RelativeTime } from "./relative-time";
import { useRateText } from "./use-rate-text";

type Figure = { name: "sent" | "success" | "lastSent" | "waiting"; label: string; value: ReactNode };
type Counted = {
  webhook: Pick<WebhookView, "total_sent" | "success_rate" | "last_sent_at">;
  /** Pending deliveries. */
  waiting: number;
};

/** Отправлено, Успех and Последняя отправка, as the guide names them, and what waits. */
export function useFigures({ webhook, waiting }: Counted): Figure[] {
  const t = useTranslations("webhooks");
  const format = useFormatter();
  const rateText = useRateText();
  const { total_sent: sent, success_rate: rate, last_sent_at: lastSentAt } = webhook;
  const values: Record<Figure["name"], ReactNode> = {
    sent: format.number(sent),
    success: rate === null ? rateText(rate) : <span className={rateColour(rate)}>{rateText(rate)}</span>,
    lastSent:
      lastSentAt === null ? (
        <span className="text-muted-foreground">{t("notYet")}</span>
      ) : (
        <RelativeTime at={lastSentAt} />
      ),
    waiting:
      waiting === 0 ? (
        <span className="text-muted-foreground">0</span>
      ) : (
        <span className="font-medium text-warning">{format.number(waiting)}</span>
      ),
  };
  return (["sent", "success", "lastSent", "waiting"] as const).map((name) => ({
    name,
    label: t(name),
    value: values[name],
  }));
}
