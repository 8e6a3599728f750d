import { Settings2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Card } from "@/components/ui/card";

type StepProps = {
  /** Of the guide, whose first step is the button that leads here; what is no step of its own has none. */
  number?: number;
  title: string;
  hint?: string;
  children: ReactNode;
};

/** One step of the form. */
export function Step({ number, title, hint, children }: StepProps) {
  const id = useId();
  return (
    <Card className="min-w-0 xl:col-start-1">
      <fieldset aria-labelledby={id} className="grid min-w-0 gap-4 p-4 sm:p-5">
        <div className="flex gap-3">
          <StepNumber>{number ?? <Settings2 className="size-3.5" />}</StepNumber>
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

export function StepNumber({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden
      className="grid size-6 shrink-0 place-items-center rounded-full bg-accent font-semibold text-accent-foreground text-xs"
    >
      {children}
    </span>
  );
}
