import { type ReactNode, useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";

type CheckRowProps = {
  label: ReactNode;
  hint?: string;
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
};

/** A tick box with its label and, below, what it means. */
export function CheckRow({ label, hint, isChecked, onChange }: CheckRowProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 gap-2.5">
      <Checkbox
        id={id}
        checked={isChecked}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5"
      />
      <div className="grid min-w-0">
        <label htmlFor={id} className="w-fit select-none break-words font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted-foreground text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
