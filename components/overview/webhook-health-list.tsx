import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { FaultTitle } from "@/components/logs/fault-title";
import { cn } from "@/components/ui/cn";
import { HeldUpNotice } from "@/components/webhooks/held-up-notice";
import { useRateText } from "@/components/webhooks/use-rate-text";
import { WebhookState } from "@/components/webhooks/webhook-state";
import type { WebhookHealth } from "@/lib/log/get-overview";
import type { Period } from "@/lib/log/periods";

type WebhookHealthListProps = { webhooks: WebhookHealth[]; count: number; period: Period };

/** Webhooks with how they do, those that fail first, each with a way to what went wrong. */
export function WebhookHealthList({ webhooks, count, period }: WebhookHealthListProps) {
  const t = useTranslations("overview");
  return (
    <section className="grid gap-3" aria-labelledby="webhook-health">
      <h2 id="webhook-health" className="font-semibold text-[0.9375rem]">
        {t("webhooks")}
      </h2>
      <ul className="grid gap-px overflow-hidden rounded-xl border bg-border shadow-card">
        {webhooks.map((webhook) => (
          <HealthRow key={webhook.webhook_id} webhook={webhook} period={period} />
        ))}
      </ul>
      {count > webhooks.length && (
        <Link
          href="/webhooks"
          className="w-fit text-primary text-[0.8125rem] underline-offset-4 hover:underline"
        >
          {t("moreWebhooks", { count: count - webhooks.length })}
        </Link>
      )}
    </section>
  );
}

function HealthRow({ webhook, period }: { webhook: WebhookHealth; period: Period }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const rateText = useRateText();
  const status = webhook.failed > 0 ? "&status=failed" : "";
  const href = `/logs?webhook=${webhook.webhook_id}&period=${period}${status}`;
  const linkText = webhook.failed > 0 ? t("seeFailures") : t("seeLogs");
  return (
    <li className="grid items-center gap-x-6 gap-y-2 bg-card px-4 py-3 md:grid-cols-[minmax(0,1fr)_9rem_17rem_8.5rem]">
      <div className="grid min-w-0 gap-0.5">
        <span className="truncate font-medium">{webhook.webhook_name}</span>
        {webhook.heldUp ? (
          <HeldUpNotice
            heldUp={webhook.heldUp}
            fault={webhook.lastFault ?? undefined}
            className="bg-transparent p-0"
          />
        ) : (
          webhook.isFailing && <LastFault webhook={webhook} />
        )}
        {webhook.pending > 0 && !webhook.heldUp && (
          <span className="text-muted-foreground text-[0.8125rem]">
            {t("waiting", { count: webhook.pending })}
          </span>
        )}
      </div>
      <WebhookState isActive={webhook.is_active} state={webhook.state} />
      <dl className="grid grid-cols-3 gap-x-4">
        <Figure label={t("sent")} value={format.number(webhook.sent)} />
        <Figure
          label={t("successRate")}
          value={rateText(webhook.successRate)}
          tone={webhook.failed > 0 ? "text-danger" : undefined}
        />
        <Figure label={t("most")} value={webhook.p95Ms === null ? "—" : t("ms", { ms: webhook.p95Ms })} />
      </dl>
      <Link
        href={href}
        aria-label={`${linkText}: ${webhook.webhook_name}`}
        className="w-fit font-medium text-[0.8125rem] text-primary underline-offset-4 hover:underline md:justify-self-end"
      >
        {linkText}
      </Link>
    </li>
  );
}

function LastFault({ webhook }: { webhook: WebhookHealth }) {
  if (webhook.lastFault === null) return null;
  return (
    <Link
      href={`/logs/${webhook.lastFault.logId}`}
      className="w-fit text-danger text-[0.8125rem] underline-offset-4 [overflow-wrap:anywhere] hover:underline"
    >
      <FaultTitle {...webhook.lastFault} />
    </Link>
  );
}

function Figure({ label, value, tone }: { label: string; value: string; tone?: string | undefined }) {
  return (
    <div className="flex flex-col-reverse">
      <dd className={cn("font-medium tabular-nums", tone)}>{value}</dd>
      <dt className="text-muted-foreground text-xs">{label}</dt>
    </div>
  );
}
