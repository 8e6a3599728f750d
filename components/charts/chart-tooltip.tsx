type ChartTooltipProps = { title: string; lines: { label: string; value: string; color: string }[] };

export function ChartTooltip({ title, lines }: ChartTooltipProps) {
  return (
    <div className="grid gap-1 rounded-md border bg-popover px-3 py-2 text-popover-foreground text-xs shadow-float">
      <p className="text-muted-foreground">{title}</p>
      {lines.map(({ label, value, color }) => (
        <p key={label} className="flex items-center gap-2 tabular-nums">
          <span className="size-2 rounded-xs" style={{ background: color }} />
          {label}
          <span className="ml-auto pl-3 font-medium">{value}</span>
        </p>
      ))}
    </div>
  );
}
