import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { ChannelName } from "@/lib/alerts/channel-names";
import type { ChannelFault, ChannelView } from "@/lib/alerts/get-settings";
import { refusalText } from "@/lib/refusals/refusal-text";
import { TestChannel } from "./test-channel";

type ChannelCardProps = {
  name: ChannelName;
  channel: ChannelView<{ is_on: boolean }>;
  /** The form, for a channel that the environment does not set up. */
  children: ReactNode;
};

export function ChannelCard({ name, channel, children }: ChannelCardProps) {
  const t = useTranslations("alerts");
  return (
    <Card>
      <CardHeader className="flex flex-wrap items-center justify-between gap-2">
        <CardTitle>{t(`channels.${name}`)}</CardTitle>
        <State channel={channel} />
      </CardHeader>
      <CardContent className="grid gap-4">
        {channel.fault && <Fault fault={channel.fault} />}
        {channel.source === "environment" ? (
          <>
            <p className="text-muted-foreground">{t("ofEnvironment")}</p>
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
              {channel.facts.map(({ label, value }) => (
                <div key={label} className="contents">
                  <dt className="text-muted-foreground">{t(`fields.${label}`)}</dt>
                  <dd className="[overflow-wrap:anywhere]">{value}</dd>
                </div>
              ))}
            </dl>
            <TestChannel name={name} />
          </>
        ) : (
          children
        )}
      </CardContent>
    </Card>
  );
}

function Fault({ fault: { since, refusal } }: { fault: ChannelFault }) {
  const t = useTranslations("alerts");
  const text = refusalText(refusal, useLocale());
  return (
    <div className="grid gap-1 rounded-md bg-warning-soft px-3 py-2.5">
      <p className="font-medium text-warning">
        {t("fault")} <Time at={since} />
      </p>
      <p className="[overflow-wrap:anywhere]">{text}</p>
    </div>
  );
}

function State({ channel }: { channel: ChannelView<{ is_on: boolean }> }) {
  const t = useTranslations("alerts");
  if (channel.source === null) return <Badge>{t("states.none")}</Badge>;
  if (channel.source === "environment") return <Badge variant="info">{t("states.environment")}</Badge>;
  return channel.fields.is_on ? (
    <Badge variant="success">{t("states.on")}</Badge>
  ) : (
    <Badge>{t("states.off")}</Badge>
  );
}
