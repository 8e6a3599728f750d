import { Skeleton } from "@/components/ui/skeleton";
import { ActivitySkeleton } from "./activity";

export default function WebhookLoading() {
  return (
    <>
      <div className="flex justify-between gap-4">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-8 w-48" />
      </div>
      <Skeleton className="h-24 rounded-xl" />
      <ActivitySkeleton />
      <div className="grid gap-5 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Skeleton className="h-80 rounded-lg" />
        <Skeleton className="h-80 rounded-xl" />
      </div>
    </>
  );
}
