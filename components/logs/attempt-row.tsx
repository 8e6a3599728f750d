import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { TableCell, TableRow } from "@/components/ui/table";
import type { listAttempts } from "@/lib/log/list-attempts";
import { refusalText } from "@/lib/refusals/refusal-text";
import { AttemptStatus } from "./attempt-status";
import { FaultTitle } from "./fault-title";
import { Moment } from "./moment";

export type Attempt = Awaited<ReturnType<typeof listAttempts>>["items"][number];

type AttemptRowProps = {
  attempt: Attempt;
  isNew: boolean;
  /** Of the address of an attempt: the filters that it was found by. */
  query: string;
};

/** One line of the log; on a phone a small card of the same cells. */
export function AttemptRow({ attempt, isNew, query }: AttemptRowProps) {
  const t = useTranslations("logs");
  const format = useFormatter();
  const locale = useLocale();
  const isTest = attempt.event_type === "test";
  const order = orderName(attempt);
  return (
    <TableRow
      className={cn(
        "relative max-md:grid max-md:grid-cols-[auto_minmax(0,1fr)_auto_auto] max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0",
        isNew && "fade-in-0 animate-in duration-700",
      )}
    >
      <TableCell className="max-w-56 truncate xl:max-2xl:max-w-44 max-md:col-start-2 max-md:row-start-1 max-md:max-w-none">
        <Link
          href={query ? `/logs/${attempt.id}?${query}` : `/logs/${attempt.id}`}
          prefetch={false}
          aria-label={`${attempt.webhook_name}: ${t("open", { id: attempt.id })}`}
          className="font-medium -outline-offset-2 after:absolute after:inset-0"
        >
          {attempt.webhook_name}
        </Link>
      </TableCell>
      <TableCell
        className={cn(
          "max-w-48 truncate max-md:col-span-4 max-md:col-start-1 max-md:row-start-2 max-md:max-w-none",
          order === null && "max-md:hidden",
        )}
      >
        <bdi>{order ?? "—"}</bdi>
      </TableCell>
      <TableCell className="whitespace-nowrap font-mono text-xs max-md:col-span-2 max-md:col-start-1 max-md:row-start-3">
        {attempt.event_type}
      </TableCell>
      <TableCell className="text-right tabular-nums max-md:col-start-3 max-md:row-start-3 max-md:text-xs">
        {isTest ? (
          <span className="max-md:hidden">{t("test")}</span>
        ) : (
          <>
            <span className="text-muted-foreground text-xs md:hidden">{t("attempt")} </span>
            {attempt.attempt_number}
          </>
        )}
      </TableCell>
      <TableCell className="max-md:col-start-1 max-md:row-start-1">
        <AttemptStatus success={attempt.success} status={attempt.response_status} />
      </TableCell>
      <TableCell className="text-right tabular-nums max-md:col-start-4 max-md:row-start-3 max-md:text-xs">
        <span className="max-md:hidden">{format.number(attempt.duration_ms)}</span>
        <span className="text-muted-foreground md:hidden">{t("took", { ms: attempt.duration_ms })}</span>
      </TableCell>
      <TableCell
        title={attempt.fault ? refusalText(attempt.fault, locale) : undefined}
        className="max-w-72 truncate xl:max-2xl:max-w-52 xl:max-[88rem]:max-w-44 text-[0.8125rem] text-danger empty:hidden max-md:col-span-4 max-md:col-start-1 max-md:row-start-4 max-md:max-w-none md:empty:table-cell"
      >
        {attempt.success ? null : <FaultTitle code={attempt.error_code} fault={attempt.fault} />}
      </TableCell>
      <TableCell className="text-muted-foreground text-xs max-md:col-span-2 max-md:col-start-3 max-md:row-start-1 max-md:text-right">
        <Moment at={attempt.created_at} />
      </TableCell>
    </TableRow>
  );
}

/** What an order is called where there is room for one name. */
export function orderName(order: {
  order_external_id: string | null;
  order_id: number | null;
}): string | null {
  if (order.order_external_id) return order.order_external_id;
  return order.order_id === null ? null : `#${order.order_id}`;
}
