import { useTranslations } from "next-intl";
import type { DeliveryErrorCode } from "@/lib/outbound/explain-error";

type FaultTitleProps = { code: string | null; message: string | null };

/** One line that says what went wrong, in plain words where the code is known. */
export function FaultTitle({ code, message }: FaultTitleProps) {
  const t = useTranslations("faults");
  if (code === null) return message;
  const key = `${code as DeliveryErrorCode}.title` as const;
  return t.has(key) ? t(key) : message;
}
