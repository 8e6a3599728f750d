import { useTranslations } from "next-intl";
import { Table, TableBody, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { type Attempt, AttemptRow } from "./attempt-row";

type AttemptsTableProps = {
  attempts: Attempt[];
  /** Rows above this id have come since the page was opened. */
  newAbove: number;
};

export function AttemptsTable({ attempts, newAbove }: AttemptsTableProps) {
  const t = useTranslations("logs");
  return (
    <Table className="max-md:block md:[&_td]:px-2.5 md:[&_th]:px-2.5">
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
          <AttemptRow key={attempt.id} attempt={attempt} isNew={attempt.id > newAbove} />
        ))}
      </TableBody>
    </Table>
  );
}
