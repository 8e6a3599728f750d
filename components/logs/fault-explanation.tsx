import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";

type FaultExplanationProps = { code: DeliveryErrorCode; className?: string };

/** In plain words what a failed attempt's code means, and what to do about it. */
export function FaultExplanation({ code, className }: FaultExplanationProps) {
  const t = useTranslations(`faults.${code}`);
  return (
    <div className={cn("grid gap-1", className)}>
      <p className="font-semibold">{t("title")}</p>
      <p className="max-w-prose text-pretty">{t("whatToDo")}</p>
    </div>
  );
}
