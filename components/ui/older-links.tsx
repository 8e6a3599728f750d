import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "./button";

type OlderLinksProps = {
  /** Null on the first page. */
  newest: string | null;
  /** Null on the last page. */
  older: string | null;
};

/** Below a list that begins with the newest: back to its beginning, and on to what is older. */
export function OlderLinks({ newest, older }: OlderLinksProps) {
  const t = useTranslations("common");
  return (
    <div className="flex justify-end gap-2">
      {newest !== null && (
        <Button variant="outline" asChild>
          <Link href={newest}>{t("newestPage")}</Link>
        </Button>
      )}
      {older !== null && (
        <Button variant="outline" asChild>
          <Link href={older}>{t("olderPage")}</Link>
        </Button>
      )}
    </div>
  );
}
