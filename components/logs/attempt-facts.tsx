import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { AttemptDetail } from "@/lib/log/get-attempt";

type AttemptFactsProps = { attempt: AttemptDetail; canEdit: boolean };

/** Where to go on from an attempt, and the ids to search elsewhere by. */
export function AttemptFacts({ attempt, canEdit }: AttemptFactsProps) {
  const t = useTranslations("logs");
  const links = [
    ...(attempt.event_id === null
      ? []
      : [{ href: `/orders/${encodeURIComponent(attempt.event_id)}`, text: t("orderTimeline") }]),
    { href: `/logs?webhook=${attempt.webhook_id}`, text: t("webhookLogs") },
    ...(canEdit ? [{ href: `/webhooks/${attempt.webhook_id}/edit`, text: t("editWebhook") }] : []),
  ];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("facts")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4">
        <ul className="grid gap-1.5">
          {links.map(({ href, text }) => (
            <li key={href}>
              <Link href={href} className="font-medium text-primary underline-offset-4 hover:underline">
                {text}
              </Link>
            </li>
          ))}
        </ul>
        <Identifier label={t("eventId")} value={attempt.event_id} />
        <Identifier label={t("deliveryId")} value={attempt.delivery_id} />
      </CardContent>
    </Card>
  );
}

function Identifier({ label, value }: { label: string; value: string | null }) {
  if (value === null) return null;
  return (
    <div className="grid gap-0.5">
      <p className="text-muted-foreground text-xs">{label}</p>
      <div className="flex items-center gap-1">
        <code className="min-w-0 flex-1 break-all font-mono text-xs">{value}</code>
        <CopyButton text={value} variant="ghost" size="icon-sm" />
      </div>
    </div>
  );
}
