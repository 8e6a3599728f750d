import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { z } from "zod";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { SettingsSummary } from "@/components/webhooks/settings-summary";
import { hasRole } from "@/lib/auth/actor";
import { panelMark } from "@/lib/log/panel-mark";
import { PERIODS } from "@/lib/log/periods";
import { getPause } from "@/lib/webhooks/get-pause";
import type { WebhookView } from "@/lib/webhooks/view";
import { requireActor } from "../../session";
import { LastAttempts, LastAttemptsSkeleton } from "../last-attempts";
import { WebhookActions } from "../webhook-actions";
import { ActivitySkeleton, WebhookActivity } from "./activity";
import { findWebhook } from "./find-webhook";
import { Health } from "./health";

const Query = z.object({ period: z.enum(PERIODS).catch("day") });

type WebhookPageProps = {
  params: Promise<{ webhookId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: WebhookPageProps): Promise<Metadata> {
  return { title: (await findWebhook((await params).webhookId)).name };
}

export default async function WebhookPage({ params, searchParams }: WebhookPageProps) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const webhook = await findWebhook((await params).webhookId);
  const pause = await getPause({ actor, webhookId: webhook.id });
  const { period } = Query.parse(await searchParams);
  const t = await getTranslations("webhooks");
  return (
    <>
      <PageHeader title={webhook.name} description={<Address webhook={webhook} />}>
        <WebhookActions
          webhook={{ id: webhook.id, name: webhook.name, is_active: webhook.is_active, pause }}
          canTest={hasRole(actor, "operator")}
          canManage={hasRole(actor, "manager")}
          heldUp={undefined}
          isOwnPage
        />
      </PageHeader>
      <Health actor={actor} webhook={webhook} pause={pause} />
      <Suspense fallback={<ActivitySkeleton />}>
        <WebhookActivity actor={actor} webhookId={webhook.id} period={period} />
      </Suspense>
      <div className="grid min-w-0 items-start gap-5 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Suspense fallback={<LastAttemptsSkeleton />}>
          <LastAttempts actor={actor} webhookId={webhook.id} />
        </Suspense>
        <section aria-labelledby="settings" className="grid gap-2">
          <div className="flex items-baseline justify-between gap-3">
            <h2 id="settings" className="font-semibold text-[0.9375rem]">
              {t("settings")}
            </h2>
            {hasRole(actor, "manager") && (
              <Link
                href={`/webhooks/${webhook.id}/edit`}
                className="rounded-sm text-[0.8125rem] text-primary underline-offset-4 hover:underline"
              >
                {t("editHint")}
              </Link>
            )}
          </div>
          <SettingsSummary webhook={webhook} />
        </section>
      </div>
      <LiveRefresh mark={mark} everyMs={10_000} />
    </>
  );
}

async function Address({ webhook: { webhook_url: url, description } }: { webhook: WebhookView }) {
  const t = await getTranslations("webhooks");
  return (
    <>
      <span className="flex items-start gap-1.5">
        <span className="break-all py-0.5 font-mono text-[0.8125rem] text-foreground">{url}</span>
        <CopyButton text={url} variant="ghost" size="icon-sm" className="size-6" aria-label={t("copyUrl")} />
      </span>
      {description}
    </>
  );
}
