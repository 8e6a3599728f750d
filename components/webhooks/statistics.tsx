import { useFigures } from "./use-figures";

/** A webhook's figures side by side. */
export function Statistics(counted: Parameters<typeof useFigures>[0]) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-1 sm:flex sm:flex-wrap">
      {useFigures(counted).map(({ name, label, value }) => (
        <div key={name} className="grid content-start">
          <dt className="text-muted-foreground text-xs">{label}</dt>
          <dd className="whitespace-nowrap font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
