import { Ban, CircleCheck, CircleX, Clock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { DeliveryWithAttempts } from "@/lib/log/get-delivery-history";

export const DELIVERY_LOOKS = {
  pending: { variant: "info", icon: Clock },
  succeeded: { variant: "success", icon: CircleCheck },
  failed: { variant: "danger", icon: CircleX },
  cancelled: { variant: "neutral", icon: Ban },
} as const;

export function DeliveryState({ state }: { state: DeliveryWithAttempts["state"] }) {
  const t = useTranslations("logs.states");
  const { variant, icon: Icon } = DELIVERY_LOOKS[state];
  return (
    <Badge variant={variant}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  );
}
