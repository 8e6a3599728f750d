import { TriangleAlert } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import { type AnyRefusal, refusalText } from "@/lib/refusals/refusal-text";
import { FaultExplanation } from "./fault-explanation";

type FaultCardProps = { code: string | null; fault: AnyRefusal | null };

/** Why an attempt failed and what to do, with the exact words of the log below. */
export function FaultCard({ code, fault }: FaultCardProps) {
  const t = useTranslations("logs");
  const faults = useTranslations("faults");
  const locale = useLocale();
  const given = code as DeliveryErrorCode | null;
  return (
    <section className="flex gap-3 rounded-xl bg-danger-soft px-4 py-3 sm:px-5 sm:py-4">
      <TriangleAlert className="mt-0.5 size-5 shrink-0 text-danger" aria-hidden />
      <div className="grid min-w-0 gap-2">
        {given && faults.has(`${given}.title`) && <FaultExplanation code={given} />}
        {fault && (
          <p className="break-words text-muted-foreground text-[0.8125rem]">
            {t("technical")}: <bdi>{refusalText(fault, locale)}</bdi>
          </p>
        )}
      </div>
    </section>
  );
}
