"use client";

import { useFormatter } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { useTickingNow } from "./use-ticking-now";

/** How long ago a moment was, kept up to date; the moment itself, in the reader's zone, on hover or after a tap. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormatter();
  const now = useTickingNow();
  const [isAbsolute, setIsAbsolute] = useState(false);
  const moment = new Date(at);
  // Clocks differ a little: what was just sent must not lie in the future.
  const shown = moment > now ? now : moment;
  return (
    <button
      type="button"
      title={format.dateTime(moment, { dateStyle: "long", timeStyle: "medium" })}
      aria-pressed={isAbsolute}
      onClick={() => setIsAbsolute(!isAbsolute)}
      className={cn(
        "relative z-10 rounded-sm text-left",
        isAbsolute ? "whitespace-normal" : "whitespace-nowrap",
      )}
    >
      <time dateTime={at}>
        {isAbsolute
          ? format.dateTime(moment, { dateStyle: "short", timeStyle: "medium" })
          : format.relativeTime(shown, now)}
      </time>
    </button>
  );
}
