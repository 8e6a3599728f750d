"use client";

import { useTranslations } from "next-intl";
import { FormMessage } from "@/components/ui/form-message";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

/** Says where to sign in when APP_URL is https and the page was opened by http: the cookies would never come back. */
export function HttpsNotice({ appUrl }: { appUrl: string | undefined }) {
  const t = useTranslations("signIn");
  // Only the browser knows: a proxy may have spoken https to it without telling us.
  const isLost = useIsHydrated() && appUrl?.startsWith("https:") && window.location.protocol === "http:";
  if (!isLost) return null;
  return (
    <FormMessage>
      <span>
        {t("httpsOnly")}{" "}
        <a className="underline" href={appUrl}>
          {appUrl}
        </a>
      </span>
    </FormMessage>
  );
}
