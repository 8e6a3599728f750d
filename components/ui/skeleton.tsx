import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Holds the place of what is still loading. */
export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("animate-pulse rounded-md bg-foreground/8", className)} {...props} />;
}
