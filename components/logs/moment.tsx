import { useFormatter } from "next-intl";

/** A moment to the second, as short as it can be read; in full, with its zone, on hover. */
export function Moment({ at }: { at: string }) {
  const format = useFormatter();
  const moment = new Date(at);
  return (
    <time
      dateTime={at}
      title={format.dateTime(moment, { dateStyle: "full", timeStyle: "long" })}
      className="whitespace-nowrap tabular-nums"
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
