import type { ReactNode } from "react";

type PageHeaderProps = { title: string; description?: ReactNode; children?: ReactNode };

/** A page's heading with, as children, its main actions. */
export function PageHeader({ title, description, children }: PageHeaderProps) {
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="grid min-w-0 max-w-2xl gap-1 [overflow-wrap:anywhere]">
        <h1 className="font-semibold text-xl">{title}</h1>
        {description && <p className="text-muted-foreground">{description}</p>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}
