import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { tickOf } from "@/lib/webhooks/filters";
import type { WebhookView } from "@/lib/webhooks/view";

/** Format, events and filters of a webhook in a line of badges. */
export function WhatIsSent({ webhook }: { webhook: WebhookView }) {
  const t = useTranslations("webhooks");
  const form = useTranslations("webhookForm");
  const events = ORDER_EVENT_NAMES.map(tickOf).filter((tick) => webhook[tick]);
  const filters = [
    ...(webhook.filter_order_types ?? []),
    ...(webhook.filter_statuses ?? []),
    ...shortIds(webhook.filter_organization_ids ?? []),
  ];
  return (
    <ul className="flex flex-wrap items-center gap-1" aria-label={t("whatIsSent")}>
      <li>
        <Badge variant="accent">{t(`formats.${webhook.payload_format}`)}</Badge>
      </li>
      {events.length === 0 && (
        <li>
          <Badge variant="danger">{t("noEvents")}</Badge>
        </li>
      )}
      {events.map((event) => (
        <li key={event}>
          <Badge>{form(`eventBadges.${event}`)}</Badge>
        </li>
      ))}
      {filters.map((filter) => (
        <li key={filter}>
          <Badge variant="outline" className="font-mono text-[0.6875rem]">
            {filter}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function shortIds(ids: string[]): string[] {
  return ids.map((id) => (id.length > 13 ? `${id.slice(0, 8)}…` : id));
}
