import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { STARTERS, type Starter } from "@/lib/webhooks/starters";

/** The guide's three examples, each a form that is nearly filled in. */
export function StarterLinks({ chosen }: { chosen: Starter | null }) {
  const t = useTranslations("webhooks");
  return (
    <nav aria-label={t("startFrom")} className="flex flex-wrap items-center gap-1.5 text-[0.8125rem]">
      <span className="text-muted-foreground">{t("startFrom")}</span>
      {STARTERS.map((starter) => (
        <Link
          key={starter}
          href={`/webhooks/new?from=${starter}`}
          aria-current={starter === chosen ? "true" : undefined}
          className={cn(
            "rounded-full border bg-card px-3 py-1 font-medium transition-colors hover:border-ring hover:bg-accent",
            starter === chosen && "border-primary bg-accent text-accent-foreground",
          )}
        >
          {t(`starters.${starter}.title`)}
        </Link>
      ))}
    </nav>
  );
}
