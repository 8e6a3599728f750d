import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { PageHeader } from "@/components/ui/page-header";
import { getAlertSettings } from "@/lib/alerts/get-settings";
import { hasRole } from "@/lib/auth/actor";
import { NoAccess } from "../../no-access";
import { requireActor } from "../../session";
import { ChannelCard } from "./channel-card";
import { EmailForm } from "./email-form";
import { RulesForm } from "./rules-form";
import { TelegramForm } from "./telegram-form";

export const generateMetadata = titled("alerts.title");

export default async function AlertsPage() {
  const actor = await requireActor();
  if (!hasRole(actor, "admin")) return <NoAccess needed="admin" />;
  const t = await getTranslations("alerts");
  const { telegram, email, rules } = await getAlertSettings({ actor });
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <ChannelCard name="telegram" channel={telegram}>
          <TelegramForm channel={telegram} />
        </ChannelCard>
        <ChannelCard name="email" channel={email}>
          <EmailForm channel={email} />
        </ChannelCard>
        <RulesForm rules={rules} />
      </div>
    </>
  );
}
