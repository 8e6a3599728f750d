import { ScrollText } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { titled } from "@/app/titled";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderLinks } from "@/components/ui/older-links";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { listAudit } from "@/lib/log/list-audit";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { AuditTable } from "./audit-table";

export const generateMetadata = titled("audit.title");

const Query = z.object({ before: z.coerce.number().int().positive().optional().catch(undefined) });

type AuditPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const actor = await requireActor();
  if (!hasRole(actor, "admin")) return <NoAccess needed="admin" />;
  const t = await getTranslations();
  const { before } = Query.parse(await searchParams);
  const { rows, nextBefore } = await listAudit({ actor, before });
  return (
    <>
      <PageHeader title={t("audit.title")} description={t("audit.description")} />
      {rows.length > 0 ? (
        <AuditTable rows={rows} />
      ) : (
        <EmptyState icon={ScrollText} title={t("audit.emptyTitle")} text={t("audit.emptyText")} />
      )}
      <OlderLinks
        newest={before === undefined ? null : "/settings/audit"}
        older={nextBefore === null ? null : `/settings/audit?before=${nextBefore}`}
      />
    </>
  );
}
