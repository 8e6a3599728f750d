import { type ReactNode, useId } from "react";
import { Card } from "@/components/ui/card";

type StepProps = { number: number; title: string; hint?: string; children: ReactNode };

/** One numbered step of the form. */
export function Step({ number, title, hint, children }: StepProps) {
  const id = useId();
  return (
    <Card className="min-w-0 xl:col-start-1">
      <fieldset aria-labelledby={id} className="grid min-w-0 gap-4 p-4 sm:p-5">
        <div className="flex gap-3">
          <span
            aria-hidden
            className="grid size-6 shrink-0 place-items-center rounded-full bg-accent font-semibold text-accent-foreground text-xs"
          >
            {number}
          </span>
          <div className="grid gap-0.5">
            <h2 id={id} className="font-semibold text-[0.9375rem] leading-6">
              {title}
            </h2>
            {hint && <p className="max-w-prose text-muted-foreground text-pretty">{hint}</p>}
          </div>
        </div>
        {children}
      </fieldset>
    </Card>
  );
}
