import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import type { HeldUp } from "@/lib/log/held-up";
import type { LastFault } from "@/lib/log/last-faults";
import type { StripHour } from "@/lib/log/strips";
import type { WebhookView } from "@/lib/webhooks/view";
import { HeldUpBadge } from "./held-up-badge";
import { HeldUpNotice } from "./held-up-notice";
import { HourStrip } from "./hour-strip";
import { LastProblem } from "./last-problem";
import { StateBadge } from "./state-badge";
import { Statistics } from "./statistics";
import { WhatIsSent } from "./what-is-sent";

type WebhookCardProps = {
  webhook: WebhookView;
  hours: StripHour[];
  fault: LastFault | undefined;
  heldUp: HeldUp | undefined;
  /** Its buttons, for those who may press them. */
  actions: ReactNode;
  heldUpActions: ReactNode;
};

/** One webhook of the list: who gets what, how it goes, and what can be done. */
export function WebhookCard({ webhook, hours, fault, heldUp, actions, heldUpActions }: WebhookCardProps) {
  const t = useTranslations("webhooks");
  const { id, name, description, webhook_url: url, is_active: isActive } = webhook;
  return (
    <Card className="relative overflow-hidden transition-colors has-[a[data-title]:hover]:border-ring/60">
      <article
        aria-labelledby={`webhook-${id}`}
        className="grid gap-x-8 gap-y-3 p-4 md:grid-cols-[minmax(0,1fr)_20rem] lg:px-5"
      >
        <div className="grid min-w-0 content-start gap-2">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h2 id={`webhook-${id}`} className="min-w-0 break-words font-semibold text-[0.9375rem]">
              <Link data-title href={`/webhooks/${id}`} className="rounded-sm hover:underline">
                {name}
              </Link>
            </h2>
            <StateBadge isActive={isActive} />
            {heldUp && <HeldUpBadge kind={heldUp.kind} />}
          </div>
          <p className="min-w-0 truncate font-mono text-[0.8125rem] text-muted-foreground" title={url}>
            {url}
          </p>
          {description && <p className="line-clamp-2 max-w-prose text-muted-foreground">{description}</p>}
          <WhatIsSent webhook={webhook} />
        </div>
        <div className="grid content-between gap-3">
          <Statistics webhook={webhook} />
          <HourStrip hours={hours} />
        </div>
        {heldUp ? (
          <HeldUpNotice heldUp={heldUp} fault={fault} actions={heldUpActions} className="md:col-span-2" />
        ) : (
          <LastProblem reason={webhook.deactivated_reason} fault={fault} className="md:col-span-2" />
        )}
        {actions && (
          <div className="-mb-1 flex flex-wrap items-center justify-end gap-1 border-t pt-2 md:col-span-2">
            <Link
              href={`/logs?webhook=${id}`}
              className="mr-auto rounded-sm text-[0.8125rem] text-primary max-sm:hidden underline-offset-4 hover:underline"
            >
              {t("toLogs")}
            </Link>
            {actions}
          </div>
        )}
      </article>
    </Card>
  );
}
