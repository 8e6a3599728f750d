import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { orderName } from "@/components/logs/attempt-row";
import { CodeName } from "@/components/names/code-name";
import type { OrderSummary } from "@/lib/log/get-order-timeline";
import { useRoubles } from "./use-roubles";

/** What the order is, as far as the reader's role may see it. */
export function OrderFacts({ order }: { order: OrderSummary }) {
  const t = useTranslations("orders");
  const roubles = useRoubles();
  const name = orderName(order);
  const all: [string, ReactNode][] = [
    [t("facts.externalId"), order.order_external_id],
    [t("facts.id"), order.order_id],
    [t("facts.restaurant"), order.restaurant_name],
    [
      t("facts.organization"),
      order.organization_id && <CodeName kind="organization" code={order.organization_id} />,
    ],
    [t("facts.type"), order.order_type && <CodeName kind="order_type" code={order.order_type} />],
    [t("facts.customer"), order.customer_name],
    [t("facts.phone"), order.customer_phone],
    [t("facts.address"), order.delivery_address],
    [t("facts.amount"), order.total_amount == null ? null : roubles(order.total_amount)],
  ];
  const facts = all.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3 rounded-xl border bg-card px-5 py-4 shadow-card">
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        {facts.map(([label, value]) => (
          <div key={label} className="grid min-w-0 max-w-72 content-start gap-0.5">
            <dt className="text-muted-foreground text-xs">{label}</dt>
            <dd className="[overflow-wrap:anywhere]">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {name !== null && (
        <Link
          href={`/logs?${new URLSearchParams({ order: name })}`}
          className="font-medium text-primary underline-offset-4 hover:underline"
        >
          {t("facts.logs")}
        </Link>
      )}
    </div>
  );
}
