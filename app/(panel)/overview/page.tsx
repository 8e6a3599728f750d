import { Webhook } from "lucide-react";
import Link from "next/link";
import { getTimeZone, getTranslations } from "next-intl/server";
import { z } from "zod";
import { titled } from "@/app/titled";
import { DurationsChart } from "@/components/charts/durations-chart";
import { RequestsChart } from "@/components/charts/requests-chart";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { PeriodLinks } from "@/components/overview/period-links";
import { StatTiles } from "@/components/overview/stat-tiles";
import { WebhookHealthList } from "@/components/overview/webhook-health-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { getOverview } from "@/lib/log/get-overview";
import { panelMark } from "@/lib/log/panel-mark";
import { PERIODS } from "@/lib/log/periods";
import { FirstSteps } from "../first-steps";
import { requireActor } from "../session";

export const generateMetadata = titled("overview.title");

const REFRESH_MS = 15_000;

const Query = z.object({ period: z.enum(PERIODS).catch("day") });

type OverviewPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: OverviewPageProps) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const t = await getTranslations("overview");
  const { period } = Query.parse(await searchParams);
  const overview = await getOverview({ actor, period, timeZone: await getTimeZone() });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        <PeriodLinks current={period} path="/overview" />
      </PageHeader>
      <FirstSteps actor={actor} />
      {overview.webhooks.length === 0 ? (
        <EmptyState icon={Webhook} title={t("emptyTitle")} text={t("emptyText")}>
          <Button asChild>
            <Link href="/webhooks">{t("emptyAction")}</Link>
          </Button>
        </EmptyState>
      ) : (
        <>
          <StatTiles overview={overview} period={period} />
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <RequestsChart period={period} {...overview} />
            <DurationsChart series={overview.series} p50Ms={overview.p50Ms} p95Ms={overview.p95Ms} />
          </div>
          <WebhookHealthList webhooks={overview.webhooks} count={overview.webhookCount} period={period} />
        </>
      )}
      <LiveRefresh mark={mark} everyMs={REFRESH_MS} />
    </>
  );
}
