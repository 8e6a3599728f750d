import type { ReactNode } from "react";
import { cn } from "./cn";

/** What filters let through; dimmed while the next is on its way. */
export function PendingList({ isPending, children }: { isPending: boolean; children: ReactNode }) {
  return (
    <div
      aria-busy={isPending}
      className={cn(
        "grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 transition-opacity",
        isPending && "opacity-60",
      )}
    >
      {children}
    </div>
  );
}
