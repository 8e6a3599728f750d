import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { Card, CardContent } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "../../session";
import { SecondFactor } from "./second-factor";

export const generateMetadata = titled("secondFactor.title");

export default async function SecondFactorPage() {
  const { hasSecondFactor } = await requireUser();
  const t = await getTranslations("secondFactor");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Card className="max-w-lg">
        <CardContent className="pt-5">
          <SecondFactor wasOn={hasSecondFactor} />
        </CardContent>
      </Card>
    </>
  );
}
