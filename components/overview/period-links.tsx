import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { PERIODS, type Period } from "@/lib/log/periods";

/** The times to choose from, each with an address of its own. */
export function PeriodLinks({ current, path }: { current: Period; path: string }) {
  const t = useTranslations("overview");
  return (
    <nav aria-label={t("period")} className="inline-flex gap-0.5 rounded-lg bg-secondary p-1">
      {PERIODS.map((period) => (
        <Link
          key={period}
          href={`${path}?period=${period}`}
          scroll={false}
          aria-current={period === current ? "page" : undefined}
          className={cn(
            "flex h-7 items-center rounded-md px-3 font-medium text-[0.8125rem] text-muted-foreground transition-colors hover:text-foreground",
            period === current && "bg-card text-foreground shadow-card",
          )}
        >
          {t(`periods.${period}`)}
        </Link>
      ))}
    </nav>
  );
}
