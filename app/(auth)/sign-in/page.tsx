import { Braces, ListChecks, RotateCw } from "lucide-react";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { titled } from "@/app/titled";
import { Brand } from "@/components/shell/brand";
import { currentUser } from "@/lib/auth/current-actor";
import { safeCallbackPath } from "@/lib/auth/origin";
import { env } from "@/lib/env";
import { HttpsNotice } from "./https-notice";
import { OpenPanel } from "./open-panel";
import { PreferenceMenu } from "./preference-menu";

export const generateMetadata = titled("signIn.title");

const POINTS = [
  { key: "formats", icon: Braces },
  { key: "retries", icon: RotateCw },
  { key: "logs", icon: ListChecks },
] as const;

type SignInPageProps = { searchParams: Promise<{ callbackUrl?: string | string[] }> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const callbackPath = safeCallbackPath((await searchParams).callbackUrl);
  if (await currentUser()) redirect(callbackPath);
  const t = await getTranslations();
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
      <aside className="hidden flex-col justify-between gap-10 bg-sidebar p-10 text-sidebar-foreground lg:flex">
        <Brand name={t("common.appName")} className="text-sidebar-accent-foreground" />
        <div className="grid gap-8">
          <p className="max-w-md text-balance font-semibold text-3xl text-sidebar-accent-foreground leading-tight tracking-tight">
            {t("signIn.pitch")}
          </p>
          <ul className="grid gap-3">
            {POINTS.map(({ key, icon: Icon }) => (
              <li key={key} className="flex items-center gap-3 text-[0.9375rem]">
                <Icon className="size-5 shrink-0 text-sidebar-mark" aria-hidden />
                {t(`signIn.points.${key}`)}
              </li>
            ))}
          </ul>
        </div>
        <p className="text-sidebar-muted">{t("common.appDescription")}</p>
      </aside>
      <main className="grid grid-rows-[auto_1fr] p-4 sm:p-6">
        <div className="flex items-center justify-between">
          <Brand name={t("common.appName")} className="text-primary lg:invisible" />
          <PreferenceMenu />
        </div>
        <div className="mx-auto grid w-full max-w-sm content-center gap-6 py-8">
          <div className="grid gap-1">
            <h1 className="font-semibold text-2xl">{t("signIn.title")}</h1>
            <p className="text-muted-foreground">{t("signIn.subtitle")}</p>
          </div>
          <HttpsNotice appUrl={env().APP_URL} />
          <OpenPanel callbackPath={callbackPath} />
          <p className="text-[0.8125rem] text-muted-foreground">{t("signIn.forgotten")}</p>
        </div>
      </main>
    </div>
  );
}
