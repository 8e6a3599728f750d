import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/ui/page-header";
import { StarterLinks } from "@/components/webhooks/starter-links";
import { hasRole } from "@/lib/auth/actor";
import { EXAMPLE_URLS, starterDraft, toStarter } from "@/lib/webhooks/starters";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { WebhookForm } from "../form/webhook-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("webhookForm"))("newTitle") };
}

type NewWebhookPageProps = { searchParams: Promise<{ from?: string | string[] }> };

export default async function NewWebhookPage({ searchParams }: NewWebhookPageProps) {
  const actor = await requireActor();
  if (!hasRole(actor, "manager")) return <NoAccess needed="manager" />;
  const t = await getTranslations("webhookForm");
  const starter = toStarter(String((await searchParams).from));
  const description = starter && (await getTranslations("webhooks"))(`starters.${starter}.description`);
  const initial = { ...starterDraft(starter), description: description ?? "" };
  return (
    <>
      <PageHeader title={t("newTitle")} description={t("newDescription")}>
        <StarterLinks chosen={starter} />
      </PageHeader>
      <WebhookForm
        key={starter}
        initial={initial}
        webhookId={null}
        exampleUrl={EXAMPLE_URLS[starter ?? "senler"]}
      />
    </>
  );
}
