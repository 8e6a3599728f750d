import { useTranslations } from "next-intl";

/** An order event's name in words. */
export function EventName({ name }: { name: string }) {
  const t = useTranslations("orders.events");
  const key = name.replaceAll(".", "_") as "order_created";
  return t.has(key) ? t(key) : t("unknown");
}
