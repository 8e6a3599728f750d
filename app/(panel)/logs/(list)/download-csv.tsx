import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { withQuery } from "@/lib/http/query-string";
import type { LogSearch } from "../log-search";

/** The whole log with these filters as a file. */
export function DownloadCsv({ search }: { search: LogSearch }) {
  const t = useTranslations("logs.csv");
  return (
    <Button variant="outline" asChild>
      <a href={withQuery({ path: "/logs/csv", search: { ...search, before: undefined } })} download>
        <Download /> <span className="max-sm:sr-only">{t("button")}</span>
      </a>
    </Button>
  );
}
