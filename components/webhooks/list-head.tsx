import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { WEBHOOK_SORTS, type WebhookOrder } from "@/lib/webhooks/sort-webhooks";
import { LIST_GRID } from "./list-grid";

type ListHeadProps = {
  order: WebhookOrder;
  /** Where each column leads: to the list sorted by it, or the other way round where it is already. */
  hrefs: Record<WebhookOrder["by"], string>;
  /** Ticks all rows. */
  select?: ReactNode;
};

/** The names of the columns, each a link that sorts; on a phone a line of links above the cards. */
export function ListHead({ order, hrefs, select }: ListHeadProps) {
  const t = useTranslations("webhooks");
  const [byName, byState, byRate, bySent, byWaiting] = WEBHOOK_SORTS.map((by) => (
    <SortLink key={by} by={by} order={order} href={hrefs[by]} />
  ));
  return (
    <nav
      aria-label={t("sort")}
      className={cn(
        LIST_GRID,
        "flex flex-wrap items-center gap-x-3 gap-y-1.5 text-muted-foreground text-xs xl:h-8 xl:border-b xl:bg-muted/70",
      )}
    >
      <span className="flex items-center gap-2.5">
        {select}
        <span className="max-sm:hidden xl:hidden">{t("sort")}:</span>
        {byName}
      </span>
      {byState}
      <span className="hidden min-[88rem]:block">{t("lastDay")}</span>
      <span className="hidden text-right xl:block">{t("sent")}</span>
      {byRate}
      {bySent}
      {byWaiting}
    </nav>
  );
}

const ALIGNED_RIGHT: WebhookOrder["by"][] = ["rate", "waiting"];

function SortLink({ by, order, href }: { by: WebhookOrder["by"]; order: WebhookOrder; href: string }) {
  const t = useTranslations("webhooks");
  const isCurrent = order.by === by;
  const Arrow = order.isReversed ? ArrowUp : ArrowDown;
  return (
    <Link
      href={href}
      scroll={false}
      prefetch={false}
      aria-current={isCurrent ? "true" : undefined}
      title={t(`sortHints.${by}`)}
      className={cn(
        "inline-flex w-fit items-center gap-1 rounded-sm font-medium hover:text-foreground",
        isCurrent && "text-foreground",
        ALIGNED_RIGHT.includes(by) && "xl:justify-self-end",
      )}
    >
      {by === "sent" ? (
        <>
          <span className="xl:hidden">{t("sortsShort.sent")}</span>
          <span className="max-xl:hidden">{t("sorts.sent")}</span>
        </>
      ) : (
        t(`sorts.${by}`)
      )}
      {isCurrent && <Arrow className="size-3 shrink-0" aria-hidden />}
      {isCurrent && order.isReversed && <span className="sr-only">, {t("sortReversed")}</span>}
    </Link>
  );
}
