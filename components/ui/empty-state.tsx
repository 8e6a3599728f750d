import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type EmptyStateProps = { icon: LucideIcon; title: string; text: ReactNode; children?: ReactNode };

/** What stands where a list has nothing to show: why, and (as children) what to do about it. */
export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-3 rounded-xl border border-dashed bg-card px-6 py-12 text-center">
      <span className="grid size-11 place-items-center rounded-full bg-accent text-accent-foreground">
        <Icon className="size-5" aria-hidden />
      </span>
      <div className="grid gap-1">
        <h2 className="font-semibold text-[0.9375rem] [overflow-wrap:anywhere]">{title}</h2>
        <p className="max-w-md text-balance text-muted-foreground">{text}</p>
      </div>
      {children}
    </div>
  );
}
