import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { Moment } from "@/components/logs/moment";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { listSources } from "@/lib/iiko/list-sources";
import { listSeenNames } from "@/lib/names/seen";
import { ownOrigin } from "../../own-origin";
import { requireActor } from "../../session";
import { LastMessages } from "./last-messages";
import { NameList } from "./names";
import { SendSample } from "./send-sample";
import { SourceCard } from "./source-card";

export const generateMetadata = titled("sources.title");

export default async function SourcesPage() {
  const actor = await requireActor();
  const t = await getTranslations("sources");
  const { eventKey, hasAuthToken, lastEvent, lastMessages } = await listSources({ actor });
  const origin = await ownOrigin();
  const addressOf = (path: string) => `${origin}/${path}/${eventKey ?? "••••"}`;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        {hasRole(actor, "manager") && <SendSample />}
      </PageHeader>
      {eventKey === null && <p className="text-muted-foreground">{t("keyHidden")}</p>}
      <SourceCard title={t("baseTitle")} address={addressOf("e")}>
        <p>{t("baseText")}</p>
        {lastEvent ? (
          <p className="text-muted-foreground">
            {t("last")}:{" "}
            <Link
              href={`/orders/${encodeURIComponent(lastEvent.id)}`}
              className="underline underline-offset-4"
            >
              <Moment at={lastEvent.received_at} />
            </Link>
          </p>
        ) : (
          <p className="text-muted-foreground">{t("neverCame")}</p>
        )}
      </SourceCard>
      <SourceCard title={t("cloudTitle")} address={addressOf("iiko")}>
        <p>{t("cloudText")}</p>
        <ul className="grid list-disc gap-1 pl-5">
          <li>{t("cloudUri")}</li>
          <li>{t(hasAuthToken ? "tokenSet" : "tokenUnset")}</li>
          <li>{t("cloudFilter")}</li>
        </ul>
      </SourceCard>
      <SourceCard title={t("soiTitle")} address={addressOf("iiko")}>
        <p>{t("soiText")}</p>
      </SourceCard>
      <NameList names={await listSeenNames({ actor })} canEdit={hasRole(actor, "manager")} />
      <h2 className="font-semibold text-[0.9375rem]">{t("messages")}</h2>
      <LastMessages messages={lastMessages} />
    </>
  );
}
