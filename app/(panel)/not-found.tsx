import { SearchX } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function PanelNotFoundPage() {
  const t = await getTranslations("common");
  return (
    <EmptyState icon={SearchX} title={t("notFoundTitle")} text={t("notFoundText")}>
      <Button asChild>
        <Link href="/">{t("toStart")}</Link>
      </Button>
    </EmptyState>
  );
}
