import { useId } from "react";
import { cn } from "@/components/ui/cn";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";

type ChoiceCardsProps<Value extends string> = {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: { value: Value; label: string; hint: string }[];
  className?: string;
};

/** One of a few, each with a line that explains it. */
export function ChoiceCards<Value extends string>({
  label,
  value,
  onChange,
  options,
  className,
}: ChoiceCardsProps<Value>) {
  const id = useId();
  return (
    <RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(chosen) => onChange(chosen as Value)}
      className={className}
    >
      {options.map((option) => (
        <label
          key={option.value}
          htmlFor={`${id}-${option.value}`}
          className={cn(
            "flex min-w-0 gap-2.5 rounded-lg border bg-card px-3 py-2.5 transition-colors hover:border-ring/60",
            option.value === value && "border-primary bg-accent/60",
          )}
        >
          <RadioGroupItem
            id={`${id}-${option.value}`}
            value={option.value}
            aria-describedby={`${id}-${option.value}-hint`}
            aria-label={option.label}
            className="mt-0.5"
          />
          <span className="grid min-w-0 content-start">
            <span className="font-medium">{option.label}</span>
            <span id={`${id}-${option.value}-hint`} className="text-muted-foreground text-xs text-pretty">
              {option.hint}
            </span>
          </span>
        </label>
      ))}
    </RadioGroup>
  );
}
