"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { PendingList } from "@/components/ui/pending-list";
import { SearchInput } from "@/components/ui/search-input";
import { useAddressSearch } from "@/components/ui/use-address-search";
import type { WebhookChoice } from "@/lib/webhooks/list-choices";
import { isFiltered, type LogSearch, logHref } from "../log-search";
import { PeriodFilter } from "./period-filter";
import { StatusFilter } from "./status-filter";

type LogFiltersProps = {
  search: LogSearch;
  webhooks: { choices: WebhookChoice[]; more: number };
  eventTypes: readonly NonNullable<LogSearch["event"]>[];
  children: ReactNode;
};

/** Every choice goes into the address at once. */
export function LogFilters({ search: shown, webhooks, eventTypes, children }: LogFiltersProps) {
  const t = useTranslations("logs");
  const { search, isPending, change, replace } = useAddressSearch({ shown, href: logHref });
  // A reset also empties what was typed and not sent yet.
  const [resets, setResets] = useState(0);
  const reset = () => {
    setResets(resets + 1);
    replace({});
  };
  return (
    <>
      <search aria-label={t("filters")} className="flex flex-wrap items-end gap-x-3 gap-y-3">
        <Field label={t("webhook")} className="w-[calc(50%-0.375rem)] sm:w-40">
          {(control) => (
            <NativeSelect
              {...control}
              value={search.webhook ?? ""}
              onChange={({ target }) => change({ webhook: target.value ? Number(target.value) : undefined })}
            >
              <option value="">{t("allWebhooks")}</option>
              {webhooks.choices.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
              {webhooks.more > 0 && <option disabled>{t("moreWebhooks", { count: webhooks.more })}</option>}
            </NativeSelect>
          )}
        </Field>
        <Field label={t("event")} className="w-[calc(50%-0.375rem)] sm:w-42">
          {(control) => (
            <NativeSelect
              {...control}
              value={search.event ?? ""}
              onChange={({ target }) => change({ event: eventTypes.find((type) => type === target.value) })}
            >
              <option value="">{t("allEvents")}</option>
              {eventTypes.map((type) => (
                <option key={type} value={type}>
                  {type === "test" ? t("testEvent") : type}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <StatusFilter value={search.status} onChange={(status) => change({ status })} />
        <Field label={t("order")} className="w-full sm:min-w-40 sm:max-w-80 sm:flex-1">
          {(control) => (
            <SearchInput
              {...control}
              key={resets}
              initial={search.order ?? ""}
              placeholder={t("orderPlaceholder")}
              onSearch={(order) => change({ order: order || undefined })}
            />
          )}
        </Field>
        <PeriodFilter key={resets} search={search} onChange={change} />
        {isFiltered(search) && (
          <Button variant="ghost" onClick={reset}>
            <X /> {t("reset")}
          </Button>
        )}
      </search>
      <PendingList isPending={isPending}>{children}</PendingList>
    </>
  );
}
