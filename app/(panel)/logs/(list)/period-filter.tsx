"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { fromZonedInput, toZonedInput } from "@/lib/i18n/zoned-input";
import { PERIODS } from "@/lib/log/periods";
import type { LogSearch } from "../log-search";

type PeriodFilterProps = { search: LogSearch; onChange: (change: LogSearch) => void };

/** A time that ends now, or one from and to two moments in the reader's own zone. */
export function PeriodFilter({ search, onChange }: PeriodFilterProps) {
  const t = useTranslations("logs");
  const isGiven = search.since !== undefined || search.until !== undefined;
  const [isCustom, setIsCustom] = useState(isGiven);
  const choose = (value: string) => {
    setIsCustom(value === "custom");
    const period = PERIODS.find((known) => known === value);
    if (value !== "custom") onChange({ period, since: undefined, until: undefined });
  };
  return (
    <>
      <Field label={t("period")} className="w-[calc(50%-0.375rem)] sm:w-40">
        {(control) => (
          <NativeSelect
            {...control}
            value={isCustom ? "custom" : (search.period ?? "")}
            onChange={({ target }) => choose(target.value)}
          >
            <option value="">{t("periodAll")}</option>
            <option value="hour">{t("periodHour")}</option>
            <option value="day">{t("periodDay")}</option>
            <option value="week">{t("periodWeek")}</option>
            <option value="custom">{t("periodCustom")}</option>
          </NativeSelect>
        )}
      </Field>
      {isCustom && (
        <>
          <MomentField
            label={t("since")}
            at={search.since}
            onChange={(since) => onChange({ since, period: undefined })}
          />
          <MomentField
            label={t("until")}
            at={search.until}
            onChange={(until) => onChange({ until, period: undefined })}
          />
        </>
      )}
    </>
  );
}

type MomentFieldProps = {
  label: string;
  at: string | undefined;
  onChange: (at: string | undefined) => void;
};

function MomentField({ label, at, onChange }: MomentFieldProps) {
  const timeZone = useTimeZone() ?? "UTC";
  const written = at === undefined ? "" : toZonedInput({ at: new Date(at), timeZone });
  const leave = (text: string) => {
    if (text !== written) onChange(fromZonedInput({ text, timeZone })?.toISOString());
  };
  return (
    <Field label={label} className="w-[calc(50%-0.375rem)] sm:w-52">
      {(control) => (
        <Input
          {...control}
          key={written}
          type="datetime-local"
          defaultValue={written}
          onBlur={({ target }) => leave(target.value)}
          onKeyDown={(event) => event.key === "Enter" && leave(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
