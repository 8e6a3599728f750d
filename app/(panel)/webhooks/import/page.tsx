import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { ImportForm } from "./import-form";

export const generateMetadata = titled("webhookFile.title");

export default async function ImportWebhooksPage() {
  const actor = await requireActor();
  if (!hasRole(actor, "manager")) return <NoAccess needed="manager" />;
  const t = await getTranslations("webhookFile");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <ImportForm />
    </>
  );
}
