import { useTranslations } from "next-intl";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";

/** In plain words what a failed attempt's code means, and what to do about it. */
export function FaultExplanation({ code }: { code: DeliveryErrorCode }) {
  const t = useTranslations(`faults.${code}`);
  return (
    <div className="grid gap-1">
      <p className="font-semibold">{t("title")}</p>
      <p className="max-w-prose text-pretty">{t("whatToDo")}</p>
    </div>
  );
}
