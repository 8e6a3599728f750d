"use client";

import { useRouter } from "next/navigation";
import { useTimeZone } from "next-intl";
import { useEffect } from "react";
import { TIME_ZONE_COOKIE } from "@/lib/i18n/locales";
import { setCookie } from "./set-cookie";

/** Tells the server the browser's time zone and, when it wrote times of another one, has them written anew. */
export function TimeZoneSync() {
  const router = useRouter();
  const written = useTimeZone();
  useEffect(() => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!own || own === written || document.cookie.includes(`${TIME_ZONE_COOKIE}=${encodeURIComponent(own)}`))
      return;
    setCookie({ name: TIME_ZONE_COOKIE, value: own });
    router.refresh();
  }, [router, written]);
  return null;
}
