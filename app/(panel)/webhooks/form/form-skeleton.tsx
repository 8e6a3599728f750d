import { Skeleton } from "@/components/ui/skeleton";

/** The form before it is there, in its own shape. */
export function FormSkeleton() {
  return (
    <>
      <div className="grid gap-2">
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-5 w-80 max-w-full" />
      </div>
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid gap-4">
          <Skeleton className="h-96 rounded-xl" />
          <Skeleton className="h-52 rounded-xl" />
          <Skeleton className="h-72 rounded-xl" />
        </div>
        <Skeleton className="h-[36rem] rounded-xl" />
      </div>
    </>
  );
}
