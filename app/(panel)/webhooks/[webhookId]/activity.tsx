import { getTimeZone, getTranslations } from "next-intl/server";
import { DurationsChart } from "@/components/charts/durations-chart";
import { RequestsChart } from "@/components/charts/requests-chart";
import { ChangeSince } from "@/components/overview/change-since";
import { PeriodLinks } from "@/components/overview/period-links";
import { Skeleton } from "@/components/ui/skeleton";
import type { Actor } from "@/lib/auth/actor";
import { getWebhookActivity } from "@/lib/log/get-overview";
import type { Period } from "@/lib/log/periods";

type WebhookActivityProps = { actor: Actor; webhookId: number; period: Period };

/** Requests and durations of a webhook over the time chosen, beside the time before. */
export async function WebhookActivity({ actor, webhookId, period }: WebhookActivityProps) {
  const t = await getTranslations("overview");
  const activity = await getWebhookActivity({ actor, webhookId, period, timeZone: await getTimeZone() });
  return (
    <section aria-label={t("requests")} className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <PeriodLinks current={period} path={`/webhooks/${webhookId}`} />
        <ChangeSince as="p" period={period} now={activity.sent} before={activity.before.sent} />
      </div>
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <RequestsChart period={period} {...activity} />
        <DurationsChart {...activity} />
      </div>
    </section>
  );
}

export function ActivitySkeleton() {
  return (
    <div className="grid gap-3">
      <Skeleton className="h-9 w-56 rounded-lg" />
      <div className="grid gap-5 xl:grid-cols-2">
        <Skeleton className="h-80 rounded-xl" />
        <Skeleton className="h-80 rounded-xl" />
      </div>
    </div>
  );
}
