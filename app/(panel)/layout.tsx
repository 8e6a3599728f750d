import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Texts } from "@/app/texts";
import { NamesProvider } from "@/components/names/names-provider";
import { Brand } from "@/components/shell/brand";
import { MainNav } from "@/components/shell/main-nav";
import { MobileMenu } from "@/components/shell/mobile-menu";
import { SectionTabs } from "@/components/shell/section-tabs";
import { TimeZoneSync } from "@/components/shell/time-zone-sync";
import { UserMenu } from "@/components/shell/user-menu";
import { toActor } from "@/lib/auth/current-actor";
import { listNames } from "@/lib/names/list";
import { RenewSession } from "./renew-session";
import { requireUser } from "./session";

/** The frame of every page behind the sign-in. A page still asks for the user itself: layouts are not run anew. */
export default async function PanelLayout({ children }: { children: ReactNode }) {
  const signedIn = await requireUser();
  const { name, email, role } = signedIn;
  const user = { name, email, role };
  const t = await getTranslations();
  return (
    <Texts of={["shell", "signIn"]}>
      <div className="min-h-dvh lg:grid print:block lg:grid-cols-[15rem_minmax(0,1fr)]">
        <a
          href="#content"
          className="sr-only z-60 rounded-md bg-primary px-4 py-2 font-medium text-primary-foreground shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-4 focus:py-2"
        >
          {t("shell.skipToContent")}
        </a>
        <aside className="no-print sticky top-0 hidden h-dvh flex-col gap-6 bg-sidebar p-3 text-sidebar-foreground lg:flex">
          <Brand name={t("common.appName")} className="px-2 pt-2 text-sidebar-accent-foreground" />
          <MainNav role={role} />
          <div className="mt-auto border-sidebar-border border-t pt-2">
            <UserMenu user={user} />
          </div>
        </aside>
        <MobileMenu user={user} />
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto grid w-full max-w-[90rem] content-start gap-5 px-4 py-4 outline-none sm:px-6 lg:px-8 lg:py-5"
        >
          <SectionTabs />
          <RenewSession email={email}>
            <NamesProvider names={await listNames({ actor: toActor(signedIn) })}>{children}</NamesProvider>
          </RenewSession>
        </main>
        <TimeZoneSync />
      </div>
    </Texts>
  );
}
