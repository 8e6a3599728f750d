import { KeyRound } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { listTokens } from "@/lib/auth/tokens/list";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { AddToken } from "./add-token";
import { TokensTable } from "./tokens-table";

export const generateMetadata = titled("tokens.title");

export default async function TokensPage() {
  const actor = await requireActor();
  if (!hasRole(actor, "admin")) return <NoAccess needed="admin" />;
  const t = await getTranslations("tokens");
  const tokens = await listTokens({ actor });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")}>
        <AddToken />
      </PageHeader>
      {tokens.length > 0 ? (
        <TokensTable tokens={tokens} />
      ) : (
        <EmptyState icon={KeyRound} title={t("emptyTitle")} text={t("emptyText")} />
      )}
    </>
  );
}
