"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useOptimistic, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Field } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/native-select";
import { SearchInput } from "@/components/ui/search-input";
import { isFiltered, type LogSearch, logHref } from "../log-search";
import { PeriodFilter } from "./period-filter";
import { StatusFilter } from "./status-filter";

type LogFiltersProps = {
  search: LogSearch;
  webhooks: { id: number; name: string }[];
  eventTypes: readonly NonNullable<LogSearch["event"]>[];
  /** What the filters let through; dimmed while the next is on its way. */
  children: ReactNode;
};

/** Every choice goes into the address at once, so that it can be shared and stepped back through. */
export function LogFilters({ search: shown, webhooks, eventTypes, children }: LogFiltersProps) {
  const t = useTranslations("logs");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // What was asked for, while it is on its way: the next choice adds to that, not to what still shows.
  const [search, ask] = useOptimistic(shown);
  // A reset also empties what was typed and not sent yet.
  const [resets, setResets] = useState(0);
  const go = (change: LogSearch) =>
    startTransition(() => {
      const asked = { ...search, before: undefined, ...change };
      ask(asked);
      router.push(logHref(asked), { scroll: false });
    });
  const reset = () => {
    setResets(resets + 1);
    startTransition(() => {
      ask({});
      router.push("/logs", { scroll: false });
    });
  };
  return (
    <>
      <search aria-label={t("filters")} className="flex flex-wrap items-end gap-x-3 gap-y-3">
        <Field label={t("webhook")} className="w-full sm:w-44">
          {(control) => (
            <NativeSelect
              {...control}
              value={search.webhook ?? ""}
              onChange={({ target }) => go({ webhook: target.value ? Number(target.value) : undefined })}
            >
              <option value="">{t("allWebhooks")}</option>
              {webhooks.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </NativeSelect>
          )}
        </Field>
        <StatusFilter value={search.status} onChange={(status) => go({ status })} />
        <Field label={t("event")} className="w-[calc(50%-0.375rem)] sm:w-42">
          {(control) => (
            <NativeSelect
              {...control}
              value={search.event ?? ""}
              onChange={({ target }) => go({ event: eventTypes.find((type) => type === target.value) })}
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
        <Field label={t("order")} className="w-[calc(50%-0.375rem)] sm:w-42">
          {(control) => (
            <SearchInput
              {...control}
              key={resets}
              initial={search.order ?? ""}
              placeholder={t("orderPlaceholder")}
              onSearch={(order) => go({ order: order || undefined })}
            />
          )}
        </Field>
        <PeriodFilter key={resets} search={search} onChange={go} />
        {isFiltered(search) && (
          <Button variant="ghost" onClick={reset}>
            <X /> {t("reset")}
          </Button>
        )}
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
