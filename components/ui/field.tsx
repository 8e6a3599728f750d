import { type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

/** What a control inside a `Field` takes, so that its label, hint and error are read out with it. */
export type FieldControl = { id: string; "aria-describedby"?: string; "aria-invalid"?: true };

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  isRequired?: boolean;
  className?: string;
  children: (control: FieldControl) => ReactNode;
};

// Drawn, not written: neither the label's text nor what a screen reader says of it grows a star.
const requiredMark = "after:ml-0.5 after:text-danger after:content-['*'_/_'']";

/** One labelled control: `<Field label="…">{(control) => <Input {...control} />}</Field>`. */
export function Field({ label, hint, error, isRequired, className, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={cn("grid content-start gap-1.5", className)}>
      <Label htmlFor={id} className={isRequired ? requiredMark : undefined}>
        {label}
      </Label>
      {children({
        id,
        ...(described && { "aria-describedby": described }),
        ...(error && { "aria-invalid": true as const }),
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-[0.8125rem] text-muted-foreground">
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

/** What is wrong with a field, to stand below it. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p id={id} className="text-[0.8125rem] text-danger">
      {error}
    </p>
  );
}
