import { ChevronLeft } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { AttemptFacts } from "@/components/logs/attempt-facts";
import { orderName } from "@/components/logs/attempt-row";
import { AttemptStatus } from "@/components/logs/attempt-status";
import { ExchangeCards } from "@/components/logs/exchange-cards";
import { FaultCard } from "@/components/logs/fault-card";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { Moment } from "@/components/logs/moment";
import { hasRole } from "@/lib/auth/actor";
import { type AttemptDetail, getAttempt } from "@/lib/log/get-attempt";
import { getDeliveryHistory } from "@/lib/log/get-delivery-history";
import { panelMark } from "@/lib/log/panel-mark";
import { orNotFound } from "../../or-not-found";
import { requireActor } from "../../session";
import { AttemptActions } from "./attempt-actions";
import { DeliveryHistory } from "./delivery-history";

type AttemptPageProps = { params: Promise<{ logId: string }> };

export async function generateMetadata({ params }: AttemptPageProps): Promise<Metadata> {
  const t = await getTranslations("logs");
  const { id } = await findAttempt((await params).logId);
  return { title: `${t("title")} № ${id}` };
}

const findAttempt = cache(async (logId: string) =>
  orNotFound(getAttempt({ actor: await requireActor(), logId: idFrom(logId) })),
);

const REFRESH_MS = 3_000;

export default async function AttemptPage({ params }: AttemptPageProps) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const t = await getTranslations("logs");
  const attempt = await findAttempt((await params).logId);
  const { event_id: eventId, webhook_id: webhookId } = attempt;
  const deliveries = eventId === null ? [] : await getDeliveryHistory({ actor, eventId, webhookId });
  return (
    <>
      <div className="grid gap-3">
        <Link
          href="/logs"
          className="flex w-fit items-center gap-1 text-muted-foreground text-sm hover:text-foreground"
        >
          <ChevronLeft className="size-4" aria-hidden /> {t("back")}
        </Link>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="grid min-w-0 gap-1.5">
            <h1 className="break-words font-semibold text-xl">
              <AttemptTitle attempt={attempt} />
            </h1>
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground">
              <AttemptStatus success={attempt.success} status={attempt.response_status} />
              <span className="text-foreground">{attempt.webhook_name}</span>
              <span className="font-mono text-xs">{attempt.event_type}</span>
              <Moment at={attempt.created_at} />
              <span className="tabular-nums">{t("took", { ms: attempt.duration_ms })}</span>
            </p>
          </div>
          <AttemptActions attempt={attempt} canResend={hasRole(actor, "manager")} />
        </div>
      </div>
      {!attempt.success && <FaultCard code={attempt.error_code} message={attempt.error_message} />}
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem] xl:grid-rows-[auto_1fr]">
        {deliveries.length > 0 && (
          <div className="xl:col-start-2">
            <DeliveryHistory deliveries={deliveries} currentLogId={attempt.id} />
          </div>
        )}
        <div className="grid min-w-0 gap-5 xl:col-start-1 xl:row-span-2 xl:row-start-1">
          <ExchangeCards attempt={attempt} />
        </div>
        <div className="xl:col-start-2">
          <AttemptFacts attempt={attempt} canEdit={hasRole(actor, "manager")} />
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

function idFrom(text: string): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(id) ? id : notFound();
}
