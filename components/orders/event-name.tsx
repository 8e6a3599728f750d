import { useTranslations } from "next-intl";

/** An order event's name in words. */
export function EventName({ name }: { name: string }) {
  const t = useTranslations("webhookForm");
  const key = `eventNames.${name.replaceAll(".", "_") as "order_created"}` as const;
  return t.has(key) ? t(key) : t("eventNames.unknown");
}
