import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";

type ChartFrameProps = {
  title: string;
  /** What the chart says in a sentence. */
  summary: string;
  legend: { label: string; color: string }[];
  columns: string[];
  rows: { key: string; cells: string[] }[];
  /** The picture itself, which screen readers skip in favour of the sentence and the table. */
  children: ReactNode;
};

/** A chart of a fixed height with its legend, its sentence and its figures as a table. */
export function ChartFrame({ title, summary, legend, columns, rows, children }: ChartFrameProps) {
  const t = useTranslations("overview");
  return (
    <Card className="min-w-0">
      <CardHeader className="flex flex-wrap items-center justify-between gap-x-4">
        <CardTitle>{title}</CardTitle>
        <ul className="flex gap-4 text-muted-foreground text-xs" aria-hidden>
          {legend.map(({ label, color }) => (
            <li key={label} className="flex items-center gap-1.5">
              <span className="size-2.5 rounded-xs" style={{ background: color }} />
              {label}
            </li>
          ))}
        </ul>
      </CardHeader>
      <CardContent className="grid gap-3">
        <div className="h-56" aria-hidden>
          {children}
        </div>
        <p className="text-muted-foreground text-[0.8125rem]">{summary}</p>
        <details>
          <summary className="w-fit text-[0.8125rem] text-muted-foreground hover:text-foreground">
            {t("asTable")}
          </summary>
          <div className="mt-2 [&>section]:max-h-72">
            <Table label={title} aria-label={title}>
              <TableHeader>
                <TableRow>
                  {columns.map((column) => (
                    <TableHead key={column}>{column}</TableHead>
                  ))}
                </TableRow>
              </TableHeader>
              <TableBody>
                {rows.map(({ key, cells }) => (
                  <TableRow key={key}>
                    {cells.map((cell, index) => (
                      <TableCell key={columns[index]} className="whitespace-nowrap py-1 tabular-nums">
                        {cell}
                      </TableCell>
                    ))}
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </div>
        </details>
      </CardContent>
    </Card>
  );
}
