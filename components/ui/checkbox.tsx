import { Check, Minus } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";

type CheckboxProps = Omit<ComponentProps<"input">, "type" | "checked" | "onChange"> & {
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
};

/** The browser's own check box with our looks: a list has one in each row. */
export function Checkbox({ checked, onCheckedChange, className, ...props }: CheckboxProps) {
  const isPartly = checked === "indeterminate";
  return (
    <span className={cn("relative inline-grid size-4.5 shrink-0", className)}>
      <input
        ref={(input) => {
          if (input) input.indeterminate = isPartly;
        }}
        type="checkbox"
        checked={checked === true}
        onChange={({ target }) => onCheckedChange(target.checked)}
        className="peer size-full appearance-none rounded-sm border border-input bg-card shadow-card transition-colors checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary hover:border-ring disabled:opacity-55 aria-invalid:border-danger"
        {...props}
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 hidden size-3.5 text-primary-foreground peer-checked:block peer-indeterminate:hidden"
      />
      <Minus
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none absolute inset-0.5 hidden size-3.5 text-primary-foreground peer-indeterminate:block"
      />
    </span>
  );
}
