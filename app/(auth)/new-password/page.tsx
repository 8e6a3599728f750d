import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { Brand } from "@/components/shell/brand";
import { Card, CardContent } from "@/components/ui/card";
import { currentUser } from "@/lib/auth/current-actor";
import { PasswordForm } from "../../(panel)/settings/password/password-form";
import { PreferenceMenu } from "../sign-in/preference-menu";

export const generateMetadata = titled("password.dueTitle");

/** After an admin gave a new password: its owner chooses another one, and sees nothing else before. */
export default async function NewPasswordPage() {
  const user = await currentUser();
  if (!user) redirect("/sign-in");
  if (!user.mustChangePassword) redirect("/webhooks");
  const t = await getTranslations();
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md grid-rows-[auto_1fr] p-4 sm:p-6">
      <div className="flex items-center justify-between">
        <Brand name={t("common.appName")} className="text-primary" />
        <PreferenceMenu />
      </div>
      <div className="grid content-center gap-6 py-8">
        <div className="grid gap-1">
          <h1 className="font-semibold text-2xl">{t("password.dueTitle")}</h1>
          <p className="text-muted-foreground">{t("password.dueText")}</p>
        </div>
        <Card>
          <CardContent className="pt-5">
            <PasswordForm email={user.email} nextPath="/webhooks" />
          </CardContent>
        </Card>
      </div>
    </main>
  );
}
