import { useFormatter } from "next-intl";

type MomentProps = { at: string; className?: string };

/** A moment to the second, as short as it can be read; in full, with its zone, on hover. */
export function Moment({ at, className }: MomentProps) {
  const format = useFormatter();
  const moment = new Date(at);
  return (
    <time
      dateTime={at}
      title={format.dateTime(moment, { dateStyle: "full", timeStyle: "long" })}
      className={className ?? "whitespace-nowrap tabular-nums"}
    >
      {format.dateTime(moment, {
        day: "numeric",
        month: "short",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
      })}
    </time>
  );
}
