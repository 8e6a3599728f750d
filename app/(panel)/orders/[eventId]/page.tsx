import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { orderName } from "@/components/logs/attempt-row";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { OrderFacts } from "@/components/orders/order-facts";
import { OrderStatus } from "@/components/orders/order-status";
import { TimelineItem } from "@/components/orders/timeline-item";
import { BackLink } from "@/components/ui/back-link";
import { hasRole } from "@/lib/auth/actor";
import type { OrderTimeline } from "@/lib/log/get-order-timeline";
import { panelMark } from "@/lib/log/panel-mark";
import { requireActor } from "../../session";
import { DecisionAction } from "./decision-action";
import { EventTools } from "./event-tools";
import { decoded, findTimeline } from "./find-timeline";
import { ResendOrder } from "./resend-order";

type OrderPageProps = { params: Promise<{ eventId: string }> };

export const generateMetadata = titled("orders.timeline");

const REFRESH_MS = 4_000;

export default async function OrderPage({ params }: OrderPageProps) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const t = await getTranslations("orders");
  const timeline = await findTimeline((await params).eventId);
  const { order, events, isCut } = timeline;
  const number = order.readable_number ? t("number", { number: order.readable_number }) : orderName(order);
  const isManager = hasRole(actor, "manager");
  const isOperator = hasRole(actor, "operator");
  const undelivered = isManager ? countUndelivered(timeline) : 0;
  return (
    <>
      <div className="grid gap-3">
        <BackLink href="/orders">{t("back")}</BackLink>
        <div className="flex flex-wrap items-center gap-3">
          <h1 className="font-semibold text-xl [overflow-wrap:anywhere]">
            {number === null ? t("timelineTitleNoOrder") : t("timelineTitle", { order: number })}
          </h1>
          {order.status && <OrderStatus status={order.status} />}
          {undelivered > 0 && (
            <div className="ml-auto max-sm:w-full">
              <ResendOrder eventId={decoded((await params).eventId)} count={undelivered} />
            </div>
          )}
        </div>
      </div>
      <OrderFacts order={order} />
      {isCut && <p className="text-muted-foreground">{t("timelineCut")}</p>}
      <ol aria-label={t("timeline")} className="grid max-w-4xl">
        {events.map((event) => (
          <TimelineItem
            key={event.id}
            event={event}
            hasValues={isOperator}
            tools={isOperator && <EventTools event={event} />}
            actionFor={(decision) => isManager && <DecisionAction eventId={event.id} decision={decision} />}
          />
        ))}
      </ol>
      {isUnderWay(timeline) && <LiveRefresh mark={mark} everyMs={REFRESH_MS} />}
    </>
  );
}

/** What was sent and, of several deliveries of an event to a webhook, whose last one did not get through. */
function countUndelivered({ events }: OrderTimeline): number {
  const last = events.flatMap(({ decisions }) => decisions.map(({ deliveries }) => deliveries.at(-1)?.state));
  return last.filter((state) => state === "failed" || state === "cancelled").length;
}

function isUnderWay({ events }: OrderTimeline): boolean {
  return events.some(
    (event) =>
      (event.state === "accepted" && !event.is_matched) ||
      event.decisions.some(({ deliveries }) => deliveries.some(({ state }) => state === "pending")),
  );
}
