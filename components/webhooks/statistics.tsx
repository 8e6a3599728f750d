import { cn } from "@/components/ui/cn";
import { useFigures } from "./use-figures";

type StatisticsProps = Parameters<typeof useFigures>[0] & { className?: string };

/** A webhook's figures side by side. */
export function Statistics({ className, ...counted }: StatisticsProps) {
  return (
    <dl className={cn("grid grid-cols-2 gap-x-6 gap-y-1 sm:flex sm:flex-wrap", className)}>
      {useFigures(counted).map(({ name, label, value }) => (
        <div key={name} className="grid content-start">
          <dt className="text-muted-foreground text-xs">{label}</dt>
          <dd className="whitespace-nowrap font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
