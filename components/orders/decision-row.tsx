import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DeliveryOutcome } from "@/components/logs/delivery-outcome";
import { DeliveryState } from "@/components/logs/delivery-state";
import { FaultTitle } from "@/components/logs/fault-title";
import { cn } from "@/components/ui/cn";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";
import type { TimelineDecision } from "@/lib/log/timeline-decisions";

type DecisionRowProps = {
  decision: TimelineDecision;
  /** What can be done about it. */
  action: ReactNode;
};

/** What became of one event at one webhook it was meant for: each delivery, its attempts, what comes next. */
export function DecisionRow({ decision, action }: DecisionRowProps) {
  const t = useTranslations("orders");
  const { deliveries } = decision;
  return (
    <li className="grid gap-2 bg-card px-4 py-3">
      {deliveries.length === 0 && (
        <Line name={decision.webhook_name}>
          <span className="text-muted-foreground text-[0.8125rem]">{t("deletedSince")}</span>
        </Line>
      )}
      {deliveries.map((delivery, index) => (
        <div key={delivery.id} className="grid gap-1.5">
          <Line name={index === 0 ? decision.webhook_name : t("resent")} isSub={index > 0}>
            <DeliveryState state={delivery.state} />
          </Line>
          {index === 0 && delivery.is_resend && (
            <p className="text-muted-foreground text-[0.8125rem]">{t("sentByHand")}</p>
          )}
          <p className="text-muted-foreground text-[0.8125rem] empty:hidden">
            <DeliveryOutcome delivery={delivery} />
          </p>
          <AttemptLinks delivery={delivery} />
        </div>
      ))}
      {action && <div className="-mx-2.5 flex">{action}</div>}
    </li>
  );
}

function Line({ name, isSub, children }: { name: string; isSub?: boolean; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span className={cn("min-w-0 truncate", isSub ? "text-muted-foreground" : "font-medium")}>{name}</span>
      {children}
    </div>
  );
}

function AttemptLinks({ delivery }: { delivery: DeliveryWithAttempts }) {
  const t = useTranslations("orders");
  if (delivery.history.length === 0) return null;
  const last = delivery.history.at(-1);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.8125rem]">
      {delivery.history.map((attempt) => (
        <Link
          key={attempt.id}
          href={`/logs/${attempt.id}`}
          prefetch={false}
          className={cn(
            "tabular-nums underline-offset-4 hover:underline",
            attempt.success ? "text-success" : "text-danger",
          )}
        >
          {t("attemptLink", {
            number: attempt.attempt_number,
            status: attempt.response_status ?? t("noResponse"),
          })}
        </Link>
      ))}
      {last && !last.success && (
        <span className="text-muted-foreground">
          <FaultTitle code={last.error_code} fault={last.fault} />
        </span>
      )}
    </div>
  );
}
