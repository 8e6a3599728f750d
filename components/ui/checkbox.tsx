import { Check, Minus } from "lucide-react";
import { Checkbox as CheckboxPrimitive } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Checkbox({ className, ...props }: ComponentProps<typeof CheckboxPrimitive.Root>) {
  return (
    <CheckboxPrimitive.Root
      className={cn(
        "group size-4.5 shrink-0 rounded-sm border border-input bg-card shadow-card transition-colors hover:border-ring disabled:opacity-55 aria-invalid:border-danger",
        "data-[state=checked]:border-primary data-[state=indeterminate]:border-primary data-[state=checked]:bg-primary data-[state=indeterminate]:bg-primary",
        className,
      )}
      {...props}
    >
      <CheckboxPrimitive.Indicator className="grid place-items-center text-primary-foreground">
        <Minus className="hidden size-3.5 group-data-[state=indeterminate]:block" strokeWidth={3} />
        <Check className="size-3.5 group-data-[state=indeterminate]:hidden" strokeWidth={3} />
      </CheckboxPrimitive.Indicator>
    </CheckboxPrimitive.Root>
  );
}
