import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

type AnswerBadgeProps = { status: number | null; isLong?: boolean };

/** What the inspector answered. */
export function AnswerBadge({ status, isLong = false }: AnswerBadgeProps) {
  const t = useTranslations("inspector");
  const isTaken = status !== null && status < 300;
  const short = status === null ? t("dropped") : String(status);
  return (
    <Badge variant={isTaken ? "success" : "danger"} className="tabular-nums">
      {isLong && status !== null ? t("answered", { status: String(status) }) : short}
    </Badge>
  );
}
