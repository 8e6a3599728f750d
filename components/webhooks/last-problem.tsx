import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { FaultTitle } from "@/components/logs/fault-title";
import { cn } from "@/components/ui/cn";
import type { LastFault } from "@/lib/log/last-faults";
import { storedReason } from "@/lib/refusals/stored-text";

type LastProblemProps = { reason: string | null; fault: LastFault | undefined; className?: string };

/** Why the product itself switched a webhook off, or what its newest request failed with; nothing when all is well. */
export function LastProblem({ reason, fault, className }: LastProblemProps) {
  const t = useTranslations("webhooks");
  const locale = useLocale();
  if (reason === null && !fault) return null;
  const why = reason === null ? null : storedReason({ reason, locale });
  return (
    <p
      className={cn(
        "flex min-w-0 gap-2 rounded-md bg-danger-soft px-3 py-2 text-[0.8125rem] text-danger",
        className,
      )}
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">
        <span className="font-semibold">{t(why === null ? "lastError" : "deactivatedReason")}</span>{" "}
        {why ?? (fault && <FaultTitle code={fault.code} message={fault.message} />)}
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
