"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { PendingList } from "@/components/ui/pending-list";
import { SearchInput } from "@/components/ui/search-input";
import { useAddressSearch } from "@/components/ui/use-address-search";
import { type OrderSearchParams, ordersHref } from "./orders-href";

type OrderFiltersProps = { search: OrderSearchParams; children: ReactNode };

/** Search and filter go into the address at once. */
export function OrderFilters({ search: shown, children }: OrderFiltersProps) {
  const t = useTranslations("orders");
  const { search, isPending, change } = useAddressSearch({ shown, href: ordersHref });
  return (
    <>
      <search aria-label={t("filters")} className="flex flex-wrap items-end gap-3">
        <Field label={t("search")} className="w-full sm:w-96">
          {(control) => (
            <SearchInput
              {...control}
              initial={search.q}
              placeholder={t("searchPlaceholder")}
              onSearch={(q) => change({ q })}
            />
          )}
        </Field>
        <Field label={t("state")} className="w-full sm:w-44">
          {(control) => (
            <NativeSelect
              {...control}
              value={search.state ?? ""}
              onChange={({ target }) => {
                change({
                  state: (["accepted", "rejected"] as const).find((state) => state === target.value),
                });
              }}
            >
              <option value="">{t("stateAll")}</option>
              <option value="accepted">{t("stateAccepted")}</option>
              <option value="rejected">{t("stateRejected")}</option>
            </NativeSelect>
          )}
        </Field>
      </search>
      <PendingList isPending={isPending}>{children}</PendingList>
    </>
  );
}
