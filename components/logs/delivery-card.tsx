import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";
import { AttemptStatus } from "./attempt-status";
import { DeliveryOutcome } from "./delivery-outcome";
import { DeliveryState } from "./delivery-state";
import { Moment } from "./moment";

type DeliveryCardProps = {
  delivery: DeliveryWithAttempts;
  currentLogId: number;
  hrefOf: (logId: number) => string;
};

/** A delivery with its state and its attempts, the one on the page marked. */
export function DeliveryCard({ delivery, currentLogId, hrefOf }: DeliveryCardProps) {
  const t = useTranslations("logs");
  return (
    <div className="grid gap-2.5">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-medium">{delivery.is_resend ? t("resentDelivery") : t("firstDelivery")}</h3>
        <DeliveryState state={delivery.state} />
      </div>
      <p className="text-muted-foreground text-[0.8125rem] empty:hidden">
        <DeliveryOutcome delivery={delivery} />
      </p>
      {delivery.history.length > 0 && (
        <ol className="grid gap-px overflow-hidden rounded-md border bg-border">
          {delivery.history.map((attempt) => {
            const isCurrent = attempt.id === currentLogId;
            return (
              <li
                key={attempt.id}
                className={cn(
                  "relative flex flex-wrap items-center gap-x-3 gap-y-1 bg-card px-3 py-2",
                  isCurrent ? "bg-accent" : "hover:bg-muted",
                )}
              >
                <AttemptStatus success={attempt.success} status={attempt.response_status} />
                {isCurrent ? (
                  <span aria-current="true" className="font-medium">
                    {t("attemptLink", { number: attempt.attempt_number })}
                    <span className="sr-only"> ({t("thisAttempt")})</span>
                  </span>
                ) : (
                  <Link
                    href={hrefOf(attempt.id)}
                    className="font-medium -outline-offset-2 after:absolute after:inset-0"
                  >
                    {t("attemptLink", { number: attempt.attempt_number })}
                  </Link>
                )}
                <span className="ml-auto text-muted-foreground text-xs">
                  <Moment at={attempt.created_at} />
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </div>
  );
}
