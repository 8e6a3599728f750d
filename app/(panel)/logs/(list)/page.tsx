import { ListChecks, SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { toQueryString } from "@/lib/http/query-string";
import { ATTEMPT_EVENT_TYPES } from "@/lib/log/attempt-filters";
import { listAttempts } from "@/lib/log/list-attempts";
import { listWebhookChoices } from "@/lib/webhooks/list-choices";
import { ordersHref } from "../../orders/(list)/orders-href";
import { requireActor } from "../../session";
import { readLogQuery, toAttemptFilters } from "../log-query";
import { isFiltered, type LogSearch } from "../log-search";
import { DownloadCsv } from "./download-csv";
import { LiveLog } from "./live-log";
import { LogFilters } from "./log-filters";
import { ResendFailed } from "./resend-failed";

export const generateMetadata = titled("logs.title");

// One that is not among them is reached by its own page.
const MOST_CHOICES = 100;

type LogsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function LogsPage({ searchParams }: LogsPageProps) {
  const actor = await requireActor();
  const t = await getTranslations("logs");
  const search = readLogQuery(await searchParams);
  const filters = await toAttemptFilters({ actor, query: search, now: new Date() });
  const [{ items: attempts, nextCursor }, webhooks] = await Promise.all([
    listAttempts({ actor, filters }),
    listWebhookChoices({ actor, chosenId: search.webhook, limit: MOST_CHOICES }),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        <DownloadCsv search={search} />
        {hasRole(actor, "manager") && <ResendFailed search={search} />}
      </PageHeader>
      <LogFilters search={search} webhooks={webhooks} eventTypes={ATTEMPT_EVENT_TYPES}>
        {filters.orders?.isCut && <p className="mb-3 text-muted-foreground">{t("manyOrders")}</p>}
        <LiveLog
          key={toQueryString(search)}
          initial={attempts}
          search={search}
          hasOlder={nextCursor !== null}
          emptyState={<NoAttempts search={search} />}
        />
      </LogFilters>
    </>
  );
}

async function NoAttempts({ search }: { search: LogSearch }) {
  const t = await getTranslations("logs");
  if (isFiltered(search) || search.before !== undefined) {
    return (
      <EmptyState
        icon={SearchX}
        title={search.order ? t("nothingForOrderTitle", { order: search.order }) : t("nothingTitle")}
        text={t(search.order ? "nothingForOrderText" : "nothingText")}
      >
        <Button variant="outline" asChild>
          <Link href={ordersHref({ q: search.order ?? "" })}>{t("toOrders")}</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={ListChecks} title={t("emptyTitle")} text={t("emptyText")}>
      <Button asChild>
        <Link href="/webhooks">{t("emptyAction")}</Link>
      </Button>
    </EmptyState>
  );
}
