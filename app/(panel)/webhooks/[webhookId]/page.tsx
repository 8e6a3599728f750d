import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { AutoRefresh } from "@/components/webhooks/auto-refresh";
import { HeldUpBadge } from "@/components/webhooks/held-up-badge";
import { HeldUpNotice } from "@/components/webhooks/held-up-notice";
import { HourStrip } from "@/components/webhooks/hour-strip";
import { LastProblem } from "@/components/webhooks/last-problem";
import { PauseText } from "@/components/webhooks/pause-text";
import { SettingsSummary } from "@/components/webhooks/settings-summary";
import { StateBadge } from "@/components/webhooks/state-badge";
import { Statistics } from "@/components/webhooks/statistics";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { listHeldUp } from "@/lib/log/held-up";
import { listLastFaults } from "@/lib/log/last-faults";
import { emptyStrip, listStrips } from "@/lib/log/strips";
import { getPause } from "@/lib/webhooks/get-pause";
import type { Pause } from "@/lib/webhooks/pause-view";
import type { WebhookView } from "@/lib/webhooks/view";
import { requireActor } from "../../session";
import { HeldUpActions } from "../held-up-actions";
import { LastAttempts, LastAttemptsSkeleton } from "../last-attempts";
import { WebhookActions } from "../webhook-actions";
import { findWebhookOr404 } from "./find-webhook";
import { ResendSince } from "./resend-since";

type WebhookPageProps = { params: Promise<{ webhookId: string }> };

export async function generateMetadata({ params }: WebhookPageProps): Promise<Metadata> {
  const actor = await requireActor();
  return { title: (await findWebhookOr404({ actor, webhookId: (await params).webhookId })).name };
}

export default async function WebhookPage({ params }: WebhookPageProps) {
  const actor = await requireActor();
  const webhook = await findWebhookOr404({ actor, webhookId: (await params).webhookId });
  const pause = await getPause({ actor, webhookId: webhook.id });
  const t = await getTranslations("webhooks");
  return (
    <>
      <PageHeader title={webhook.name} description={webhook.description}>
        <WebhookActions
          webhook={{ id: webhook.id, name: webhook.name, is_active: webhook.is_active, pause }}
          canTest={hasRole(actor, "operator")}
          canManage={hasRole(actor, "manager")}
          heldUp={undefined}
          isOwnPage
        />
      </PageHeader>
      <Health actor={actor} webhook={webhook} pause={pause} />
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
      <AutoRefresh seconds={10} />
    </>
  );
}

type HealthProps = { actor: Actor; webhook: WebhookView; pause: Pause | null };

async function Health({ actor, webhook, pause }: HealthProps) {
  const t = await getTranslations("webhooks");
  const now = new Date();
  const { id, name } = webhook;
  const [strips, faults, heldUp] = await Promise.all([
    listStrips({ actor, now, webhookIds: [id] }),
    listLastFaults({ actor, webhooks: [webhook] }),
    listHeldUp({ actor, webhookIds: [id] }),
  ]);
  const held = heldUp.get(id);
  const canManage = hasRole(actor, "manager");
  return (
    <Card className="grid gap-x-10 gap-y-4 p-4 md:grid-cols-[auto_minmax(0,1fr)] lg:px-5">
      <div className="grid content-between gap-3">
        <div className="flex flex-wrap gap-2">
          {held?.kind !== "held" && <StateBadge isActive={webhook.is_active} />}
          {held && <HeldUpBadge kind={held.kind} />}
        </div>
        <Statistics webhook={webhook} />
      </div>
      <figure className="grid min-w-0 gap-1.5">
        <HourStrip hours={strips.get(id) ?? emptyStrip(now)} className="h-16 gap-1" />
        <figcaption className="flex justify-between text-muted-foreground text-xs">
          <span>{t("dayAgo")}</span>
          <span>{t("now")}</span>
        </figcaption>
      </figure>
      {held ? (
        <HeldUpNotice
          heldUp={held}
          fault={faults.get(id)}
          giveUpAfterMinutes={webhook.give_up_after_minutes}
          actions={canManage && <HeldUpActions webhook={{ id, name }} heldUp={held} />}
          className="md:col-span-2"
        />
      ) : (
        <LastProblem reason={webhook.deactivated_reason} fault={faults.get(id)} className="md:col-span-2" />
      )}
      {pause && !pause.holdsOrders && (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning md:col-span-2">
          <PauseText pause={pause} />
        </p>
      )}
      {canManage && webhook.total_failed > 0 && (
        <div className="border-t pt-3 md:col-span-2">
          <ResendSince webhookId={id} />
        </div>
      )}
    </Card>
  );
}
