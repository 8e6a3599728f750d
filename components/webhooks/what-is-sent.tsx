import { useTranslations } from "next-intl";
import { CodeName } from "@/components/names/code-name";
import { Badge } from "@/components/ui/badge";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { tickOf } from "@/lib/webhooks/filters";
import type { WebhookView } from "@/lib/webhooks/view";

const FILTERS = [
  { field: "filter_order_types", kind: "order_type" },
  { field: "filter_statuses", kind: "status" },
  { field: "filter_organization_ids", kind: "organization" },
] as const;

/** Format, events and filters of a webhook in a line of badges. */
export function WhatIsSent({ webhook }: { webhook: WebhookView }) {
  const t = useTranslations("webhooks");
  const form = useTranslations("webhookForm");
  const events = ORDER_EVENT_NAMES.map(tickOf).filter((tick) => webhook[tick]);
  const filters = FILTERS.flatMap(({ field, kind }) =>
    (webhook[field] ?? []).map((code) => ({ kind, code })),
  );
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
      {filters.map(({ kind, code }) => (
        <li key={`${kind} ${code}`}>
          <Badge variant="outline">
            <CodeName kind={kind} code={code} isShort />
          </Badge>
        </li>
      ))}
    </ul>
  );
}
