import { useFormatter } from "next-intl";

type TimeProps = { at: Date; hasSeconds?: boolean; className?: string };

/** A moment in the reader's language and time zone; the machine-readable one is in the markup. */
export function Time({ at, hasSeconds = false, className }: TimeProps) {
  const format = useFormatter();
  const text = format.dateTime(at, { dateStyle: "medium", timeStyle: hasSeconds ? "medium" : "short" });
  return (
    <time dateTime={at.toISOString()} className={className ?? "whitespace-nowrap tabular-nums"}>
      {text}
    </time>
  );
}
