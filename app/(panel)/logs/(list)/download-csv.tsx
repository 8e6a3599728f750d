import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { type LogSearch, toQueryString } from "../log-search";

/** The whole log with these filters as a file. */
export function DownloadCsv({ search }: { search: LogSearch }) {
  const t = useTranslations("logs.csv");
  const query = toQueryString({ ...search, before: undefined });
  return (
    <Button variant="outline" asChild>
      <a href={query ? `/logs/csv?${query}` : "/logs/csv"} download>
        <Download /> <span className="max-sm:sr-only">{t("button")}</span>
      </a>
    </Button>
  );
}
