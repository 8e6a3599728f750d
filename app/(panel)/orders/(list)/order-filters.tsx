"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useOptimistic, useTransition } from "react";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { SearchInput } from "@/components/ui/search-input";
import { type OrderSearchParams, ordersHref } from "./orders-href";

type OrderFiltersProps = { search: OrderSearchParams; children: ReactNode };

/** Search and filter go into the address at once. */
export function OrderFilters({ search: shown, children }: OrderFiltersProps) {
  const t = useTranslations("orders");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // What was asked for, while it is on its way: the next choice adds to that, not to what still shows.
  const [search, ask] = useOptimistic(shown);
  const go = (change: Partial<OrderSearchParams>) =>
    startTransition(() => {
      const asked = { ...search, before: undefined, ...change };
      ask(asked);
      router.push(ordersHref(asked), { scroll: false });
    });
  return (
    <>
      <search aria-label={t("filters")} className="flex flex-wrap items-end gap-3">
        <Field label={t("search")} className="w-full sm:w-96">
          {(control) => (
            <SearchInput
              {...control}
              initial={search.q}
              placeholder={t("searchPlaceholder")}
              onSearch={(q) => go({ q })}
            />
          )}
        </Field>
        <Field label={t("state")} className="w-full sm:w-44">
          {(control) => (
            <NativeSelect
              {...control}
              value={search.state ?? ""}
              onChange={({ target }) => {
                go({ state: (["accepted", "rejected"] as const).find((state) => state === target.value) });
              }}
            >
              <option value="">{t("stateAll")}</option>
              <option value="accepted">{t("stateAccepted")}</option>
              <option value="rejected">{t("stateRejected")}</option>
            </NativeSelect>
          )}
        </Field>
      </search>
      <div
        aria-busy={isPending}
        className={cn(
          "grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4 transition-opacity",
          isPending && "opacity-60",
        )}
      >
        {children}
      </div>
    </>
  );
}
