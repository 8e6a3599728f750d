import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

type AttemptStatusProps = { success: boolean; status: number | null };

/** The HTTP status of an answer, with a sign beside the colour. */
export function AttemptStatus({ success, status }: AttemptStatusProps) {
  const t = useTranslations("logs");
  return (
    <Badge variant={success ? "success" : "danger"} className="tabular-nums">
      {success ? <Check aria-hidden /> : <X aria-hidden />}
      {status ?? t("noResponse")}
      <span className="sr-only">{success ? t("statusSuccess") : t("statusFailed")}</span>
    </Badge>
  );
}
