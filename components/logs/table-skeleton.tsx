import { Skeleton } from "@/components/ui/skeleton";

const ROWS = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** The place of a heading, filters and a table, as high as they will be. */
export function TableSkeleton({ filters }: { filters: number }) {
  return (
    <>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      <div className="flex flex-wrap gap-3">
        {ROWS.slice(0, filters).map((row) => (
          <Skeleton key={row} className="h-15 w-full sm:w-48" />
        ))}
      </div>
      <div className="grid gap-px overflow-hidden rounded-lg border bg-border shadow-card">
        {ROWS.map((row) => (
          <div key={row} className="flex h-10 items-center gap-6 bg-card px-3">
            <Skeleton className="h-4 w-36" />
            <Skeleton className="h-4 w-28" />
            <Skeleton className="h-4 w-24 max-md:hidden" />
            <Skeleton className="ml-auto h-4 w-20" />
          </div>
        ))}
      </div>
    </>
  );
}
