import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { FaultTitle } from "@/components/logs/fault-title";
import type { LastFault } from "@/lib/log/last-faults";
import { refusalText } from "@/lib/refusals/refusal-text";
import { refuse } from "@/lib/refusals/refuse";

type LastProblemProps = { isDeactivated: boolean; fault: LastFault | undefined };

/** Why the product itself switched a webhook off, or what its newest request failed with; nothing when all is well. */
export function LastProblem({ isDeactivated, fault }: LastProblemProps) {
  const t = useTranslations("webhooks");
  const locale = useLocale();
  if (!isDeactivated && !fault) return null;
  return (
    <p className="flex min-w-0 gap-2 rounded-md bg-danger-soft px-3 py-2 text-[0.8125rem] text-danger">
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">
        <span className="font-semibold">{t(isDeactivated ? "deactivatedReason" : "lastError")}</span>{" "}
        {isDeactivated
          ? refusalText(refuse("gone"), locale)
          : fault && <FaultTitle code={fault.code} fault={fault.fault} />}
        {fault && (
          <>
            {" "}
            <Link href={`/logs/${fault.logId}`} className="rounded-sm underline underline-offset-4">
              {t("faultDetails")}
            </Link>
          </>
        )}
      </span>
    </p>
  );
}
