"use client";

import { useFormatter, useNow } from "next-intl";

/** How long ago a moment was, kept up to date; the moment itself, in the reader's zone, on hover. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 15_000 });
  const moment = new Date(at);
  // Clocks differ a little: what was just sent must not lie in the future.
  const shown = moment > now ? now : moment;
  return (
    <time
      dateTime={at}
      title={format.dateTime(moment, { dateStyle: "long", timeStyle: "medium" })}
      className={className ?? "whitespace-nowrap"}
    >
      {format.relativeTime(shown, now)}
    </time>
  );
}
