import { Plus, SearchX, Upload } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { Button } from "@/components/ui/button";
import { EmojiIcon } from "@/components/ui/emoji-icon";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { AutoRefresh } from "@/components/webhooks/auto-refresh";
import { StarterCards } from "@/components/webhooks/starter-cards";
import { WebhookCard } from "@/components/webhooks/webhook-card";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { listHeldUp } from "@/lib/log/held-up";
import { listLastFaults } from "@/lib/log/last-faults";
import { emptyStrip, listStrips } from "@/lib/log/strips";
import { browseWebhooks } from "@/lib/webhooks/browse";
import type { WebhookView } from "@/lib/webhooks/view";
import { requireActor } from "../session";
import { HeldUpActions } from "./held-up-actions";
import { LastAttempts, LastAttemptsSkeleton } from "./last-attempts";
import { filterHref, type ListFilter, readFilter, type SearchParams } from "./list-filter";
import { ListFilters } from "./list-filters";
import { WebhookActions } from "./webhook-actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("webhooks"))("title") };
}

const PAGE_SIZE = 30;

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const t = await getTranslations("webhooks");
  const filter = readFilter(await searchParams);
  const { webhooks, nextBefore, counts } = await browseWebhooks({
    actor,
    search: filter.search,
    isActive: filter.state === "all" ? undefined : filter.state === "active",
    beforeId: filter.before,
    limit: PAGE_SIZE,
  });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        {hasRole(actor, "manager") && (
          <Button asChild>
            <Link href="/webhooks/new">
              <EmojiIcon emoji="➕" icon={Plus} /> {t("add")}
            </Link>
          </Button>
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
            <WebhookCards actor={actor} webhooks={webhooks} />
          )}
          <PageLinks filter={filter} nextBefore={nextBefore} />
          <Suspense fallback={<LastAttemptsSkeleton />}>
            <LastAttempts actor={actor} />
          </Suspense>
        </>
      )}
      <AutoRefresh seconds={10} />
    </>
  );
}

async function PageLinks({ filter, nextBefore }: { filter: ListFilter; nextBefore: number | null }) {
  const t = await getTranslations("common");
  return (
    <div className="flex justify-end gap-2 empty:hidden">
      {filter.before !== undefined && (
        <Button variant="outline" asChild>
          <Link href={filterHref({ ...filter, before: undefined })}>{t("newestPage")}</Link>
        </Button>
      )}
      {nextBefore !== null && (
        <Button variant="outline" asChild>
          <Link href={filterHref({ ...filter, before: nextBefore })}>{t("olderPage")}</Link>
        </Button>
      )}
    </div>
  );
}

async function NoWebhooks({ actor }: { actor: Actor }) {
  const t = await getTranslations("webhooks");
  const canAdd = hasRole(actor, "manager");
  return (
    <EmptyState icon={Upload} title={t("emptyTitle")} text={t(canAdd ? "emptyText" : "emptyTextForViewer")}>
      {canAdd && <StarterCards />}
    </EmptyState>
  );
}

async function WebhookCards({ actor, webhooks }: { actor: Actor; webhooks: WebhookView[] }) {
  const now = new Date();
  const webhookIds = webhooks.map(({ id }) => id);
  const [strips, faults, heldUp] = await Promise.all([
    listStrips({ actor, now, webhookIds }),
    listLastFaults({ actor, webhooks }),
    listHeldUp({ actor, webhookIds }),
  ]);
  return (
    <ul className="grid gap-3">
      {webhooks.map((webhook) => {
        const { id, name, is_active } = webhook;
        const held = heldUp.get(id);
        const canManage = hasRole(actor, "manager");
        return (
          <li key={id}>
            <WebhookCard
              webhook={webhook}
              hours={strips.get(id) ?? emptyStrip(now)}
              fault={faults.get(id)}
              heldUp={held}
              heldUpActions={held && canManage && <HeldUpActions webhook={{ id, name }} heldUp={held} />}
              actions={
                hasRole(actor, "operator") && (
                  <WebhookActions webhook={{ id, name, is_active }} canManage={canManage} />
                )
              }
            />
          </li>
        );
      })}
    </ul>
  );
}
