import { getTranslations } from "next-intl/server";
import { DeliveryCard } from "@/components/logs/delivery-card";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";

type DeliveryHistoryProps = {
  deliveries: DeliveryWithAttempts[];
  currentLogId: number;
  hrefOf: (logId: number) => string;
};

/** The attempt's delivery and the other deliveries of the same event to the same webhook, newest first. */
export async function DeliveryHistory({ deliveries, currentLogId, hrefOf }: DeliveryHistoryProps) {
  const t = await getTranslations("logs");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("deliveries")}</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-5">
        {deliveries.toReversed().map((delivery) => (
          <DeliveryCard key={delivery.id} delivery={delivery} currentLogId={currentLogId} hrefOf={hrefOf} />
        ))}
      </CardContent>
    </Card>
  );
}
