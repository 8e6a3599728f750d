import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { PageHeader } from "@/components/ui/page-header";
import { StarterLinks } from "@/components/webhooks/starter-links";
import { type Actor, hasRole } from "@/lib/auth/actor";
import { getInspector } from "@/lib/inspector/inspector";
import { copyDraft } from "@/lib/webhooks/copy-draft";
import { NEW_DRAFT, type WebhookDraft } from "@/lib/webhooks/draft";
import { EXAMPLE_URLS, type Starter, starterDraft, toStarter } from "@/lib/webhooks/starters";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { findWebhook } from "../[webhookId]/find-webhook";
import { WebhookForm } from "../form/webhook-form";

export const generateMetadata = titled("webhookForm.newTitle");

type SearchParams = { from?: string | string[]; copy?: string | string[] };
type NewWebhookPageProps = { searchParams: Promise<SearchParams> };

export default async function NewWebhookPage({ searchParams }: NewWebhookPageProps) {
  const actor = await requireActor();
  if (!hasRole(actor, "manager")) return <NoAccess needed="manager" />;
  const t = await getTranslations("webhookForm");
  const { from, copy } = await searchParams;
  const starter = toStarter(String(from));
  const initial =
    (copy && (await draftOfCopy(String(copy)))) ||
    (from === "inspector" && (await draftOfInspector(actor))) ||
    (await draftOfStarter(starter));
  return (
    <>
      <PageHeader title={t("newTitle")} description={t(copy ? "copyDescription" : "newDescription")}>
        <StarterLinks chosen={starter} />
      </PageHeader>
      <WebhookForm
        key={`${from}-${copy}`}
        initial={initial}
        webhookId={null}
        exampleUrl={EXAMPLE_URLS[starter ?? "senler"]}
      />
    </>
  );
}

async function draftOfStarter(starter: Starter | null): Promise<WebhookDraft> {
  const description = starter && (await getTranslations("webhooks"))(`starters.${starter}.description`);
  return { ...starterDraft(starter), description: description ?? "" };
}

async function draftOfInspector(actor: Actor): Promise<WebhookDraft> {
  const { url } = await getInspector({ actor });
  const name = (await getTranslations("inspector"))("webhookName");
  return { ...NEW_DRAFT, name, webhook_url: url ?? "" };
}

async function draftOfCopy(webhookId: string): Promise<WebhookDraft> {
  const webhook = await findWebhook(webhookId);
  return copyDraft({ webhook, suffix: (await getTranslations("webhookForm"))("copySuffix") });
}
