import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AttemptFacts } from "@/components/logs/attempt-facts";
import { orderName } from "@/components/logs/attempt-row";
import { AttemptStatus } from "@/components/logs/attempt-status";
import { AnswerCard, RequestCard } from "@/components/logs/exchange-cards";
import { FaultCard } from "@/components/logs/fault-card";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { Moment } from "@/components/logs/moment";
import { BackLink } from "@/components/ui/back-link";
import { hasRole } from "@/lib/auth/actor";
import type { AttemptDetail } from "@/lib/log/get-attempt";
import { getDeliveryHistory } from "@/lib/log/get-delivery-history";
import { getNeighbours } from "@/lib/log/get-neighbours";
import { panelMark } from "@/lib/log/panel-mark";
import { requireActor } from "../../session";
import { readLogQuery, toAttemptFilters } from "../log-query";
import { attemptHref, logHref } from "../log-search";
import { AttemptActions } from "./attempt-actions";
import { DeliveryHistory } from "./delivery-history";
import { findAttempt } from "./find-attempt";
import { NeighbourLinks } from "./neighbour-links";

type AttemptPageProps = {
  params: Promise<{ logId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<AttemptPageProps, "params">): Promise<Metadata> {
  const t = await getTranslations("logs");
  const { id } = await findAttempt((await params).logId);
  return { title: `${t("title")} № ${id}` };
}

const REFRESH_MS = 3_000;

export default async function AttemptPage({ params, searchParams }: AttemptPageProps) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const t = await getTranslations("logs");
  const attempt = await findAttempt((await params).logId);
  const { event_id: eventId, webhook_id: webhookId } = attempt;
  const search = { ...readLogQuery(await searchParams), before: undefined };
  const filters = await toAttemptFilters({ actor, query: search, now: new Date() });
  const [deliveries, { newer, older }] = await Promise.all([
    eventId === null ? [] : getDeliveryHistory({ actor, eventId, webhookId }),
    getNeighbours({ actor, filters, logId: attempt.id }),
  ]);
  const hrefOf = (id: number) => attemptHref({ id, search });
  return (
    <>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
          <BackLink href={logHref(search)}>{t("back")}</BackLink>
          <NeighbourLinks
            newer={newer === null ? null : hrefOf(newer)}
            older={older === null ? null : hrefOf(older)}
          />
        </div>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="grid min-w-0 gap-1.5">
            <h1 className="[overflow-wrap:anywhere] font-semibold text-xl">
              <AttemptTitle attempt={attempt} />
            </h1>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground">
              <AttemptStatus success={attempt.success} status={attempt.response_status} />
              <span className="min-w-0 text-foreground [overflow-wrap:anywhere]">{attempt.webhook_name}</span>
              <span className="font-mono text-xs">{attempt.event_type}</span>
              <Moment at={attempt.created_at} />
              <span className="tabular-nums">{t("took", { ms: attempt.duration_ms })}</span>
            </p>
          </div>
          <AttemptActions attempt={attempt} canResend={hasRole(actor, "manager")} />
        </div>
      </div>
      {!attempt.success && <FaultCard code={attempt.error_code} fault={attempt.fault} />}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr]">
        <div className="min-w-0 xl:col-start-1 xl:row-start-1">
          <AnswerCard attempt={attempt} />
        </div>
        <div className="grid min-w-0 gap-5 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          {deliveries.length > 0 && (
            <DeliveryHistory deliveries={deliveries} currentLogId={attempt.id} hrefOf={hrefOf} />
          )}
          <AttemptFacts attempt={attempt} canEdit={hasRole(actor, "manager")} />
        </div>
        <div className="min-w-0 xl:col-start-1 xl:row-start-2">
          <RequestCard attempt={attempt} />
        </div>
      </div>
      {deliveries.some(({ state }) => state === "pending") && (
        <LiveRefresh mark={mark} everyMs={REFRESH_MS} />
      )}
    </>
  );
}

async function AttemptTitle({ attempt }: { attempt: AttemptDetail }) {
  const t = await getTranslations("logs");
  if (attempt.event_type === "test") return t("testTitle");
  const order = orderName(attempt);
  const number = attempt.attempt_number;
  return order === null ? t("attemptTitleNoOrder", { number }) : t("attemptTitle", { number, order });
}
