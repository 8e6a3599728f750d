import { Plus, SearchX, Upload } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { titled } from "@/app/titled";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { Button } from "@/components/ui/button";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ListHead } from "@/components/webhooks/list-head";
import { StarterCards } from "@/components/webhooks/starter-cards";
import { WebhookRow } from "@/components/webhooks/webhook-row";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { listHeldUp } from "@/lib/log/held-up";
import { listLastFaults } from "@/lib/log/last-faults";
import { panelMark } from "@/lib/log/panel-mark";
import { emptyStrip, listStrips } from "@/lib/log/strips";
import { type BrowsedWebhook, browseWebhooks } from "@/lib/webhooks/browse";
import { WEBHOOK_SORTS, type WebhookOrder } from "@/lib/webhooks/sort-webhooks";
import { FirstSteps } from "../first-steps";
import { requireActor } from "../session";
import { BulkBar } from "./bulk/bulk-bar";
import { SelectAll, SelectBox, SelectionProvider } from "./bulk/selection";
import { FileMenu } from "./file-menu";
import { LastAttempts, LastAttemptsSkeleton } from "./last-attempts";
import { filterHref, type ListFilter, readFilter, type SearchParams } from "./list-filter";
import { ListFilters } from "./list-filters";
import { WebhookActions } from "./webhook-actions";

export const generateMetadata = titled("webhooks.title");

const PAGE_SIZE = 50;

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const mark = await panelMark({ actor });
  const t = await getTranslations("webhooks");
  const filter = readFilter(await searchParams);
  const { webhooks, hasNextPage, counts } = await browseWebhooks({
    actor,
    search: filter.search,
    isActive: filter.state === "all" ? undefined : filter.state === "active",
    order: filter.order,
    page: filter.page,
    limit: PAGE_SIZE,
  });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        {hasRole(actor, "manager") && (
          <>
            <FileMenu />
            <Button asChild>
              <Link href="/webhooks/new">
                <EmojiIcon emoji="➕" icon={Plus} /> {t("add")}
              </Link>
            </Button>
          </>
        )}
      </PageHeader>
      {counts.all === 0 ? (
        <NoWebhooks actor={actor} />
      ) : (
        <>
          <ListFilters filter={filter} counts={counts} />
          {webhooks.length === 0 ? (
            <EmptyState icon={SearchX} title={t("nothingFound")} text={t("nothingFoundText")}>
              <Button variant="outline" asChild>
                <Link href="/webhooks">{t("resetFilters")}</Link>
              </Button>
            </EmptyState>
          ) : (
            <WebhookRows actor={actor} webhooks={webhooks} filter={filter} />
          )}
          <PageLinks filter={filter} hasNextPage={hasNextPage} />
          <Suspense fallback={<LastAttemptsSkeleton />}>
            <LastAttempts actor={actor} />
          </Suspense>
        </>
      )}
      <LiveRefresh mark={mark} everyMs={10_000} />
    </>
  );
}

async function PageLinks({ filter, hasNextPage }: { filter: ListFilter; hasNextPage: boolean }) {
  const t = await getTranslations("webhooks");
  return (
    <div className="flex justify-end gap-2 empty:hidden">
      {filter.page > 1 && (
        <Button variant="outline" asChild>
          <Link href={filterHref({ ...filter, page: filter.page - 1 })}>{t("previousPage")}</Link>
        </Button>
      )}
      {hasNextPage && (
        <Button variant="outline" asChild>
          <Link href={filterHref({ ...filter, page: filter.page + 1 })}>{t("nextPage")}</Link>
        </Button>
      )}
    </div>
  );
}

async function NoWebhooks({ actor }: { actor: Actor }) {
  const t = await getTranslations("webhooks");
  const canAdd = hasRole(actor, "manager");
  return (
    <>
      <EmptyState icon={Upload} title={t("emptyTitle")} text={t(canAdd ? "emptyText" : "emptyTextForViewer")}>
        {canAdd && <StarterCards />}
      </EmptyState>
      <FirstSteps actor={actor} />
    </>
  );
}

type WebhookRowsProps = { actor: Actor; webhooks: BrowsedWebhook[]; filter: ListFilter };

async function WebhookRows({ actor, webhooks, filter }: WebhookRowsProps) {
  const now = new Date();
  const views = webhooks.map(({ webhook }) => webhook);
  const webhookIds = views.map(({ id }) => id);
  const [strips, faults, heldUp] = await Promise.all([
    listStrips({ actor, now, webhookIds }),
    listLastFaults({ actor, webhooks: views }),
    listHeldUp({ actor, webhookIds }),
  ]);
  const canTest = hasRole(actor, "operator");
  const canManage = hasRole(actor, "manager");
  return (
    <SelectionProvider webhooks={views.map(({ id, name }) => ({ id, name }))}>
      <div className="min-w-0">
        <div className="grid gap-2.5 xl:block xl:overflow-hidden xl:rounded-lg xl:border xl:bg-card xl:shadow-card">
          <ListHead order={filter.order} hrefs={sortHrefs(filter)} select={canTest && <SelectAll />} />
          <ul className="grid gap-2.5 md:max-xl:grid-cols-2 xl:block xl:divide-y">
            {webhooks.map((browsed) => {
              const { id, name, is_active } = browsed.webhook;
              const held = heldUp.get(id);
              return (
                <li
                  key={id}
                  className="min-w-0 max-xl:rounded-xl max-xl:border max-xl:bg-card max-xl:shadow-card"
                >
                  <WebhookRow
                    {...browsed}
                    hours={strips.get(id) ?? emptyStrip(now)}
                    fault={faults.get(id)}
                    heldUp={held}
                    select={canTest && <SelectBox webhook={{ id, name }} />}
                    actions={
                      <WebhookActions
                        webhook={{ id, name, is_active, pause: browsed.pause }}
                        canTest={canTest}
                        canManage={canManage}
                        heldUp={
                          held && { kind: held.kind, deliveries: held.deliveries, isCapped: held.isCapped }
                        }
                      />
                    }
                  />
                </li>
              );
            })}
          </ul>
        </div>
        {canTest && <BulkBar canManage={canManage} />}
      </div>
    </SelectionProvider>
  );
}

function sortHrefs(filter: ListFilter): Record<WebhookOrder["by"], string> {
  const { order } = filter;
  const hrefs = WEBHOOK_SORTS.map((by) => {
    const isReversed = order.by === by && !order.isReversed;
    return [by, filterHref({ ...filter, order: { by, isReversed }, page: 1 })] as const;
  });
  return Object.fromEntries(hrefs) as Record<WebhookOrder["by"], string>;
}
