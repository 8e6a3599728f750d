import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { PageHeader } from "@/components/ui/page-header";
import { hasRole } from "@/lib/auth/actor";
import { toDraft } from "@/lib/webhooks/draft";
import { EXAMPLE_URLS } from "@/lib/webhooks/starters";
import { NoAccess } from "../../../no-access";
import { requireActor } from "../../../session";
import { WebhookForm } from "../../form/webhook-form";
import { findWebhook } from "../find-webhook";

type EditWebhookPageProps = { params: Promise<{ webhookId: string }> };

export const generateMetadata = titled("webhookForm.editTitle");

export default async function EditWebhookPage({ params }: EditWebhookPageProps) {
  const actor = await requireActor();
  if (!hasRole(actor, "manager")) return <NoAccess needed="manager" />;
  const webhook = await findWebhook((await params).webhookId);
  const t = await getTranslations("webhookForm");
  return (
    <>
      <PageHeader title={t("editTitle")} description={webhook.name} />
      <WebhookForm
        key={webhook.id}
        initial={toDraft(webhook)}
        webhookId={webhook.id}
        exampleUrl={EXAMPLE_URLS.senler}
      />
    </>
  );
}
