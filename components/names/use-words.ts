"use client";

import { useTranslations } from "next-intl";
import { type NameKind, nameOf } from "@/lib/names/names";
import { normaliseOrderType, normaliseStatus, ORDER_STATUSES, ORDER_TYPES } from "@/lib/orders/status";
import { useNames } from "./names-provider";

type Coded = { kind: NameKind; code: string };

/** The word for a code in the reader's language, else the name that people gave it; null when there is neither. */
export function useWords(): (coded: Coded) => string | null {
  const t = useTranslations("orders");
  const names = useNames();
  return ({ kind, code }) => {
    const status = kind === "status" && ORDER_STATUSES.find((known) => known === normaliseStatus(code));
    if (status) return t(`statuses.${status}`);
    const type = kind === "order_type" && ORDER_TYPES.find((known) => known === normaliseOrderType(code));
    if (type) return t(`types.${type}`);
    return nameOf({ names, kind, code });
  };
}
