import { ArrowRight, ChartLine, Contact, type LucideIcon, MessageCircle } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { STARTERS, type Starter } from "@/lib/webhooks/starters";

const ICONS: Record<Starter, LucideIcon> = { senler: MessageCircle, crm: Contact, analytics: ChartLine };

/** Where to begin when there is nothing yet: the guide's three examples. */
export function StarterCards() {
  const t = useTranslations("webhooks");
  return (
    <ul className="mt-3 grid w-full max-w-4xl gap-3 text-left sm:grid-cols-3">
      {STARTERS.map((starter) => {
        const Icon = ICONS[starter];
        return (
          <li key={starter}>
            <Link
              href={`/webhooks/new?from=${starter}`}
              className="group grid h-full content-start gap-1.5 rounded-xl border bg-card p-4 shadow-card transition-colors hover:border-ring"
            >
              <span className="flex items-center gap-2 font-semibold">
                <Icon className="size-4 shrink-0 text-primary" aria-hidden />
                {t(`starters.${starter}.title`)}
                <ArrowRight
                  className="ml-auto size-4 shrink-0 text-muted-foreground transition-transform group-hover:translate-x-0.5"
                  aria-hidden
                />
              </span>
              <span className="text-[0.8125rem] text-muted-foreground text-pretty">
                {t(`starters.${starter}.text`)}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
