import { Skeleton } from "@/components/ui/skeleton";

export default function OverviewLoading() {
  return (
    <>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-40" />
        <Skeleton className="h-5 w-72 max-w-full" />
      </div>
      <Skeleton className="h-21 rounded-xl max-xl:h-40" />
      <div className="grid gap-5 xl:grid-cols-2">
        <Skeleton className="h-88 rounded-xl" />
        <Skeleton className="h-88 rounded-xl" />
      </div>
      <Skeleton className="h-40 rounded-xl" />
    </>
  );
}
