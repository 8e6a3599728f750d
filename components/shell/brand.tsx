import { cn } from "@/components/ui/cn";

/** The mark: one order that goes out to several systems. */
function BrandMark() {
  return (
    <svg viewBox="0 0 32 32" fill="none" className="size-7" aria-hidden="true">
      <path
        d="M9 16h5m0 0c4 0 4-7.5 8.5-7.5M14 16h8.5M14 16c4 0 4 7.5 8.5 7.5"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      <circle cx="6.5" cy="16" r="3.5" fill="currentColor" />
      <circle cx="25" cy="8.5" r="2.6" fill="var(--sidebar-mark)" />
      <circle cx="25" cy="16" r="2.6" fill="var(--sidebar-mark)" />
      <circle cx="25" cy="23.5" r="2.6" fill="var(--sidebar-mark)" />
    </svg>
  );
}

export function Brand({ name, className }: { name: string; className?: string }) {
  return (
    <span
      className={cn("flex items-center gap-2.5 font-semibold text-[0.9375rem] tracking-tight", className)}
    >
      <BrandMark />
      {name}
    </span>
  );
}
