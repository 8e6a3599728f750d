import { ReceiptText, SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { titled } from "@/app/titled";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { EventsTable } from "@/components/orders/events-table";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderLinks } from "@/components/ui/older-links";
import { PageHeader } from "@/components/ui/page-header";
import { browseOrderEvents } from "@/lib/log/browse-order-events";
import { panelMark } from "@/lib/log/panel-mark";
import { requireActor } from "../../session";
import { OrderFilters } from "./order-filters";
import { type OrderSearchParams, ordersHref } from "./orders-href";

export const generateMetadata = titled("orders.title");

const PAGE_SIZE = 50;
const REFRESH_MS = 10_000;

const Query = z.object({
  q: z.string().max(400).catch(""),
  state: z.enum(["accepted", "rejected"]).optional().catch(undefined),
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
});

type OrdersPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OrdersPage({ searchParams }: OrdersPageProps) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const t = await getTranslations();
  const { q, state, before } = Query.parse(await searchParams);
  const { events, nextBefore } = await browseOrderEvents({
    actor,
    search: q,
    state,
    beforeSeq: before,
    limit: PAGE_SIZE,
  });
  const search = { q, state };
  return (
    <>
      <PageHeader title={t("orders.title")} description={t("orders.description")} />
      <OrderFilters search={search}>
        {events.length > 0 ? <EventsTable events={events} /> : <NoEvents search={search} />}
        <OlderLinks
          newest={before === undefined ? null : ordersHref(search)}
          older={nextBefore === null ? null : ordersHref({ ...search, before: nextBefore })}
        />
      </OrderFilters>
      {before === undefined && <LiveRefresh mark={mark} everyMs={REFRESH_MS} isOnlyAtTop />}
    </>
  );
}

async function NoEvents({ search }: { search: OrderSearchParams }) {
  const t = await getTranslations("orders");
  if (search.q || search.state) {
    return (
      <EmptyState
        icon={SearchX}
        title={search.q ? t("nothingTitle", { q: search.q }) : t("noSuchStateTitle")}
        text={t(search.q ? "nothingText" : "noSuchStateText")}
      >
        <Button variant="outline" asChild>
          <Link href="/orders">{t("reset")}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ReceiptText} title={t("emptyTitle")} text={t("emptyText")}>
      <Button asChild>
        <Link href="/help#connect">{t("emptyAction")}</Link>
      </Button>
    </EmptyState>
  );
}
