import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

type KnownStatus = "Closed";

const VARIANTS: Record<string, "success" | "danger" | "info" | "neutral"> = {
  Delivered: "success",
  Closed: "success",
  Cancelled: "danger",
  CookingStarted: "info",
  OnWay: "info",
};

/** An order's status in words, its code on hover; one that iiko added stays as it is. */
export function OrderStatus({ status }: { status: string }) {
  const t = useTranslations("orders");
  const key = `statuses.${status as KnownStatus}` as const;
  return (
    <Badge variant={VARIANTS[status] ?? "neutral"} title={status} className="max-w-full truncate">
      {t.has(key) ? t(key) : status}
    </Badge>
  );
}
