import { Skeleton } from "@/components/ui/skeleton";

/** The list before it is there, in its own shape. */
export default function WebhooksLoading() {
  return (
    <>
      <div className="flex justify-between gap-4">
        <div className="grid gap-2">
          <Skeleton className="h-7 w-56" />
          <Skeleton className="h-5 w-80 max-w-full" />
        </div>
        <Skeleton className="h-9 w-44" />
      </div>
      <Skeleton className="h-9 w-full max-w-xl" />
      <Skeleton className="h-[40rem] rounded-lg" />
    </>
  );
}
