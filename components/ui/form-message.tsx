import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

/** Why a form was refused, above its fields; read out as soon as it appears. */
export function FormMessage({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="flex gap-2 rounded-md bg-danger-soft px-3 py-2.5 text-danger">
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      {children}
    </p>
  );
}
