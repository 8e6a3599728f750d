import { useTranslations } from "next-intl";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type Attempt, AttemptRow } from "./attempt-row";

type AttemptsTableProps = {
  attempts: Attempt[];
  /** Rows above this id have come since the page was opened. */
  newAbove: number;
  /** Of the address of an attempt: the filters that it was found by. */
  query?: string;
};

// Beside the menu on a small screen: all columns, narrower, the event and the date on two lines.
const NARROW =
  "md:max-xl:[&_td]:max-w-28 md:max-[88rem]:[&_td]:px-1.5 md:max-[88rem]:[&_th]:px-1.5 md:max-xl:[&_td:nth-child(3)]:whitespace-normal md:max-xl:[&_td:nth-child(3)]:[overflow-wrap:anywhere] md:max-xl:[&_td:nth-child(8)_time]:whitespace-normal";

export function AttemptsTable({ attempts, newAbove, query = "" }: AttemptsTableProps) {
  const t = useTranslations("logs");
  return (
    <Table className={`max-md:block md:[&_td]:px-2.5 md:[&_th]:px-2.5 ${NARROW}`}>
      <TableHeader className="max-md:sr-only">
        <TableRow>
          <TableHead>{t("webhook")}</TableHead>
          <TableHead>{t("order")}</TableHead>
          <TableHead>{t("event")}</TableHead>
          <TableHead className="text-right">{t("attempt")}</TableHead>
          <TableHead>{t("status")}</TableHead>
          <TableHead className="text-right">{t("duration")}</TableHead>
          <TableHead>{t("error")}</TableHead>
          <TableHead>{t("date")}</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody className="max-md:block">
        {attempts.map((attempt) => (
          <AttemptRow key={attempt.id} attempt={attempt} isNew={attempt.id > newAbove} query={query} />
        ))}
      </TableBody>
    </Table>
  );
}
