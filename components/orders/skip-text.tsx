"use client";

import { useTranslations } from "next-intl";
import { useWords } from "@/components/names/use-words";
import type { SkipReason } from "@/lib/webhooks/filters";

const FILTERS = {
  organization_filter: { text: "organization", kind: "organization" },
  order_type_filter: { text: "type", kind: "order_type" },
  status_filter: { text: "status", kind: "status" },
} as const;

/** Why an event was not sent to a webhook, in a sentence. */
export function SkipText({ reason }: { reason: SkipReason }) {
  const t = useTranslations("orders.skip");
  const words = useWords();
  if (reason.code === "inactive") return t("inactive");
  if (reason.code === "event_off") return t("event_off", { event: reason.value });
  const { text, kind } = FILTERS[reason.code];
  const named = (code: string) => {
    const name = words({ kind, code });
    return name === null ? code : `${name} (${code})`;
  };
  const allowed = reason.allowed.map(named).join(", ");
  return reason.value === null
    ? t(`missing.${text}`, { allowed })
    : t(`given.${text}`, { value: named(reason.value), allowed });
}
