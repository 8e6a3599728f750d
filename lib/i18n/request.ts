import { cookies } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { LOCALE_COOKIE, TIME_ZONE_COOKIE, toLocale, toTimeZone } from "./locales";
import { MESSAGES } from "./messages";

export default getRequestConfig(async () => {
  const jar = await cookies();
  const locale = toLocale(jar.get(LOCALE_COOKIE)?.value);
  return {
    locale,
    messages: MESSAGES[locale],
    timeZone: toTimeZone(jar.get(TIME_ZONE_COOKIE)?.value),
    now: new Date(),
  };
});
