import { useFormatter, useTranslations } from "next-intl";

/** A length of time below an axis: in milliseconds, from a second on in seconds. */
export function useMilliseconds(): (ms: number) => string {
  const t = useTranslations("overview");
  const format = useFormatter();
  return (ms) =>
    ms < 1_000
      ? t("ms", { ms })
      : t("seconds", { seconds: format.number(ms / 1_000, { maximumFractionDigits: 1 }) });
}
