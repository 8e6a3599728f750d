import { useTranslations } from "next-intl";
import type { DryRun } from "@/lib/webhooks/dry-run";

/** How many of the last order events the form would have sent, and what holds back the rest. */
export function DryRunLine({ result, isStale }: { result: DryRun | null; isStale: boolean }) {
  const t = useTranslations("webhookForm");
  return (
    <p
      aria-live="polite"
      aria-busy={isStale}
      className="grid min-h-10 min-w-0 content-center text-[0.8125rem] leading-5"
    >
      {result === null && <span className="text-muted-foreground">{t("dryRunCounting")}</span>}
      {result?.total === 0 && <span className="text-muted-foreground">{t("dryRunNone")}</span>}
      {result !== null && result.total > 0 && (
        <>
          <span className="font-medium">{t("dryRun", { total: result.total, sent: result.sent })}</span>
          <span className="text-muted-foreground">
            {result.skipped.length === 0
              ? t("dryRunAll")
              : result.skipped.map(({ code, count }) => t(`skipped.${code}`, { count })).join(" · ")}
          </span>
        </>
      )}
    </p>
  );
}
