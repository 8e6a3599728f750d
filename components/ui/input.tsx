import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The looks that every field to type in shares. */
export const fieldClasses =
  "w-full min-w-0 rounded-md border border-input bg-card px-3 text-foreground text-sm shadow-card transition-colors placeholder:text-muted-foreground hover:border-ring/60 focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-ring/35 focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-danger aria-invalid:outline-danger/30";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(fieldClasses, "h-9", className)} {...props} />;
}
