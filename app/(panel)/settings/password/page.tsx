import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { Card, CardContent } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "../../session";
import { PasswordForm } from "./password-form";

export const generateMetadata = titled("password.title");

export default async function PasswordPage() {
  const { email } = await requireUser();
  const t = await getTranslations("password");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Card className="max-w-md">
        <CardContent className="pt-5">
          <PasswordForm email={email} />
        </CardContent>
      </Card>
    </>
  );
}
