import { ArrowRight } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "@/components/logs/moment";
import { cn } from "@/components/ui/cn";
import type { TimelineEvent } from "@/lib/log/get-order-timeline";
import type { TimelineDecision } from "@/lib/log/timeline-decisions";
import { type AnyRefusal, refusalsText } from "@/lib/refusals/refusal-text";
import { ChangeList } from "./change-list";
import { DecisionRow } from "./decision-row";
import { EventName } from "./event-name";
import { NotSentList } from "./not-sent-list";
import { OrderStatus } from "./order-status";

const SHOWN = 100;

type TimelineItemProps = {
  event: TimelineEvent;
  hasValues: boolean;
  /** What the reader may do with the event, and about each decision. */
  tools: ReactNode;
  actionFor: (decision: TimelineDecision) => ReactNode;
};

/** One event of an order: what it changed, whom it went to and whom not. */
export function TimelineItem({ event, hasValues, tools, actionFor }: TimelineItemProps) {
  const t = useTranslations("orders");
  const sent = event.decisions.filter(({ decision }) => decision === "sent");
  const notSent = event.decisions.filter(({ decision }) => decision === "not_sent");
  return (
    <li className="group/event relative grid gap-3 pb-8 pl-7 last:pb-0">
      <span
        aria-hidden
        className={cn(
          "absolute top-1.5 left-0 size-3 rounded-full border-2 bg-background",
          event.state === "rejected" ? "border-warning" : "border-primary",
        )}
      />
      <span
        aria-hidden
        className="absolute top-5 bottom-0 left-[0.3125rem] w-px bg-border group-last/event:hidden"
      />
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="font-semibold text-[0.9375rem]">
          <EventName name={event.name} />{" "}
          <code className="ml-1 font-mono font-normal text-muted-foreground text-xs">
            <bdi>{event.name}</bdi>
          </code>
        </h2>
        <span className="text-muted-foreground text-[0.8125rem]">
          <Moment at={event.received_at} />
        </span>
      </div>
      <StatusChange event={event} />
      <ChangeList changes={event.changes} hasValues={hasValues} />
      {event.is_from_iiko && !hasValues && (
        <p className="text-[0.8125rem] text-muted-foreground">{t("fromIiko")}</p>
      )}
      {event.state === "rejected" && <Rejection refusals={event.refusals} />}
      {event.state === "accepted" && !event.is_matched && (
        <p className="text-muted-foreground">{t("matching")}</p>
      )}
      {event.state === "accepted" && event.is_matched && event.decisions.length === 0 && (
        <p className="text-muted-foreground">{t("noWebhooks")}</p>
      )}
      {sent.length > 0 && (
        <ul
          aria-label={t("webhooks")}
          className="grid gap-px overflow-hidden rounded-lg border bg-border shadow-card"
        >
          {sent.slice(0, SHOWN).map((decision) => (
            <DecisionRow key={decision.webhook_id} decision={decision} action={actionFor(decision)} />
          ))}
        </ul>
      )}
      {sent.length > SHOWN && (
        <p className="text-muted-foreground text-[0.8125rem]">
          {t("moreDecisions", { count: sent.length - SHOWN })}
        </p>
      )}
      <NotSentList decisions={notSent} isOpen={sent.length === 0} actionFor={actionFor} />
      {tools}
    </li>
  );
}

function StatusChange({ event }: { event: TimelineEvent }) {
  if (event.status === null) return null;
  return (
    <p className="flex flex-wrap items-center gap-2">
      {event.previous_status && (
        <>
          <OrderStatus status={event.previous_status} />
          <ArrowRight className="size-4 text-muted-foreground" aria-label="→" />
        </>
      )}
      <OrderStatus status={event.status} />
    </p>
  );
}

function Rejection({ refusals }: { refusals: AnyRefusal[] }) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const isOlder = refusals.some(({ code }) => code === "order_older");
  return (
    <div className="grid gap-1.5 rounded-lg bg-warning-soft px-4 py-3">
      <p className="font-semibold text-warning">{t(isOlder ? "olderTitle" : "rejectedTitle")}</p>
      <p>{t(isOlder ? "olderText" : "rejectedText")}</p>
      {refusals.length > 0 && (
        <p className="[overflow-wrap:anywhere]">
          {t("rejectedReason")}: <bdi className="font-mono text-xs">{refusalsText(refusals, locale)}</bdi>
        </p>
      )}
    </div>
  );
}
