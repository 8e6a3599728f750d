import { useLocale, useTranslations } from "next-intl";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";
import { type AnyRefusal, refusalText } from "@/lib/refusals/refusal-text";

type FaultTitleProps = { code: string | null; fault: AnyRefusal | null };

/** One line that says what went wrong, in plain words where the code is known. */
export function FaultTitle({ code, fault }: FaultTitleProps) {
  const t = useTranslations("faults");
  const locale = useLocale();
  const key = `${code as DeliveryErrorCode}.title` as const;
  if (code !== null && t.has(key)) return t(key);
  return fault && refusalText(fault, locale);
}
