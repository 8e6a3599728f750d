import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { orderName } from "@/components/logs/attempt-row";
import { Moment } from "@/components/logs/moment";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { BrowsedEvent } from "@/lib/log/browse-order-events";
import { refusalsText } from "@/lib/refusals/refusal-text";
import { EventName } from "./event-name";
import { OrderStatus } from "./order-status";
import { OutcomeSummary } from "./outcome-summary";

/** What came in, newest first; on a phone as cards. */
export function EventsTable({ events }: { events: BrowsedEvent[] }) {
  const t = useTranslations("orders");
  return (
    <Table className="max-md:block">
      <TableHeader className="max-md:sr-only">
        <TableRow>
          <TableHead>{t("order")}</TableHead>
          <TableHead>{t("event")}</TableHead>
          <TableHead>{t("status")}</TableHead>
          <TableHead>{t("outcome")}</TableHead>
          <TableHead>{t("received")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody className="max-md:block">
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </TableBody>
    </Table>
  );
}

function EventRow({ event }: { event: BrowsedEvent }) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const name = orderName(event);
  const reason = refusalsText(event.refusals ?? [], locale);
  const title = event.readable_number ? t("number", { number: event.readable_number }) : name;
  return (
    <TableRow className="relative max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-center max-md:gap-x-3 max-md:gap-y-1.5 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0">
      <TableCell className="max-w-64 max-md:max-w-none">
        <Link
          href={`/orders/${encodeURIComponent(event.id)}`}
          prefetch={false}
          className="block truncate font-medium -outline-offset-2 after:absolute after:inset-0"
        >
          <span className="sr-only">{t("open", { order: "" })}</span>
          <bdi>{title ?? t("noName")}</bdi>
        </Link>
        {title !== name && name !== null && (
          <span className="block truncate text-muted-foreground text-xs">
            <bdi>{name}</bdi>
          </span>
        )}
      </TableCell>
      <TableCell className="max-md:col-start-1 max-md:row-start-2">
        <span className="block">
          <EventName name={event.name} />
        </span>
        <code className="block max-w-48 truncate font-mono text-muted-foreground text-xs">{event.name}</code>
      </TableCell>
      <TableCell className="max-w-48 max-md:col-start-2 max-md:row-start-2 max-md:justify-self-end">
        {event.order_status && <OrderStatus status={event.order_status} />}
      </TableCell>
      <TableCell className="min-w-40 max-md:col-span-2 max-md:row-start-3">
        <OutcomeSummary event={event} />
        {reason && (
          <span className="mt-1 block max-w-80 truncate text-muted-foreground text-xs" title={reason}>
            <bdi>{reason}</bdi>
          </span>
        )}
      </TableCell>
      <TableCell className="text-muted-foreground max-md:col-start-2 max-md:row-start-1 max-md:text-xs">
        <Moment at={event.received_at} />
      </TableCell>
    </TableRow>
  );
}
