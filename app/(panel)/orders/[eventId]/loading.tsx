import { Skeleton } from "@/components/ui/skeleton";

const EVENTS = ["a", "b", "c"];

export default function OrderLoading() {
  return (
    <>
      <div className="grid gap-3">
        <Skeleton className="h-5 w-24" />
        <Skeleton className="h-7 w-64 max-w-full" />
      </div>
      <Skeleton className="h-20 rounded-xl" />
      <div className="grid max-w-4xl gap-8 pl-7">
        {EVENTS.map((event) => (
          <div key={event} className="grid gap-3">
            <Skeleton className="h-5 w-48" />
            <Skeleton className="h-24 rounded-lg" />
          </div>
        ))}
      </div>
    </>
  );
}
