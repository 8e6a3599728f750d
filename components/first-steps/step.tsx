import { CircleCheck, CircleDashed } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type StepProps = { title: string; isDone: boolean; children: ReactNode };

/** One step; what to do about it is shown until it is done. */
export function Step({ title, isDone, children }: StepProps) {
  const t = useTranslations("firstSteps");
  const Icon = isDone ? CircleCheck : CircleDashed;
  return (
    <li className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      <Icon
        className={isDone ? "mt-0.5 size-4 text-success" : "mt-0.5 size-4 text-muted-foreground"}
        aria-hidden
      />
      <h3 className={isDone ? "text-muted-foreground" : "font-medium"}>
        {title}
        <span className="sr-only"> ({t(isDone ? "isDone" : "isOpen")})</span>
      </h3>
      {!isDone && (
        <div className="col-start-2 grid gap-2 text-[0.8125rem] text-muted-foreground">{children}</div>
      )}
    </li>
  );
}
