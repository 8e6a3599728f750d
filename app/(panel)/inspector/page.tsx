import { Link2, Radar } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { BehaviourLine } from "@/components/inspector/behaviour-line";
import { RequestList } from "@/components/inspector/request-list";
import { RequestView } from "@/components/inspector/request-view";
import { LiveRefresh } from "@/components/logs/live-refresh";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { getInspector } from "@/lib/inspector/inspector";
import { getInspectedRequest, listInspectedRequests, type RequestLine } from "@/lib/inspector/read-requests";
import { panelMark } from "@/lib/log/panel-mark";
import { NoAccess } from "../no-access";
import { requireActor } from "../session";
import { AddressLine } from "./address-line";
import { BehaviourForm } from "./behaviour-form";
import { ClearRequests } from "./clear-requests";

type InspectorPageProps = { searchParams: Promise<{ request?: string | string[] }> };

export const generateMetadata = titled("inspector.title");

export default async function InspectorPage({ searchParams }: InspectorPageProps) {
  const actor = await requireActor();
  if (!hasRole(actor, "operator")) return <NoAccess needed="operator" />;
  const mark = await panelMark({ actor });
  const t = await getTranslations("inspector");
  const canManage = hasRole(actor, "manager");
  const { url, isDirect, behaviour } = await getInspector({ actor });
  const requests = await listInspectedRequests({ actor });
  const chosen = toNumber((await searchParams).request);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        {canManage && url !== null && (
          <Button asChild>
            <Link href="/webhooks/new?from=inspector">
              <Link2 /> {t("createWebhook")}
            </Link>
          </Button>
        )}
      </PageHeader>
      <Card className={cn("grid gap-5 p-4 lg:px-5", chosen !== null && "max-lg:hidden")}>
        <AddressLine url={url} isDirect={isDirect} canManage={canManage} />
        {canManage ? (
          <BehaviourForm key={JSON.stringify(behaviour)} initial={behaviour} />
        ) : (
          <BehaviourLine behaviour={behaviour} />
        )}
      </Card>
      <div
        className={cn("flex min-h-8 items-center justify-between gap-3", chosen !== null && "max-lg:hidden")}
      >
        <h2 className="font-semibold text-[0.9375rem]">{t("requests")}</h2>
        {canManage && requests.length > 0 && <ClearRequests />}
      </div>
      {requests.length === 0 && chosen === null ? (
        <EmptyState icon={Radar} title={t("emptyTitle")} text={t("emptyText")} />
      ) : (
        <Requests actor={actor} requests={requests} chosen={chosen} />
      )}
      <LiveRefresh mark={mark} everyMs={5_000} />
    </>
  );
}

/** Side by side on a wide screen, where the newest is open at first; on a phone the list, then one request. */
async function Requests({
  actor,
  requests,
  chosen,
}: {
  actor: Actor;
  requests: RequestLine[];
  chosen: number | null;
}) {
  const t = await getTranslations("inspector");
  const number = chosen ?? requests[0]?.number;
  const open = number === undefined ? null : await getInspectedRequest({ actor, number });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <div className={cn("min-w-0", chosen !== null && "hidden lg:block")}>
        <RequestList requests={requests} openNumber={number} />
      </div>
      <div className={cn("grid min-w-0 gap-3", chosen === null && "hidden lg:grid")}>
        <Link href="/inspector" className="w-fit text-primary underline underline-offset-4 lg:hidden">
          {t("back")}
        </Link>
        {open ? (
          <RequestView request={open} areSecretsHidden={!hasRole(actor, "manager")} />
        ) : (
          <p className="text-muted-foreground">{t("gone")}</p>
        )}
      </div>
    </div>
  );
}

function toNumber(text: string | string[] | undefined): number | null {
  return typeof text === "string" && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
