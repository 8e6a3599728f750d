"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { LogSearch } from "../log-search";

type StatusFilterProps = { value: LogSearch["status"]; onChange: (value: LogSearch["status"]) => void };

/** Все / Успешно / Ошибки as one row of radio buttons. */
export function StatusFilter({ value, onChange }: StatusFilterProps) {
  const t = useTranslations("logs");
  const name = useId();
  const choices = [
    { status: undefined, text: t("statusAll") },
    { status: "success", text: t("statusSuccess") },
    { status: "failed", text: t("statusFailed") },
  ] as const;
  return (
    <fieldset className="grid w-full gap-1.5 sm:w-auto">
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{t("statusFilter")}</legend>
      <div className="grid h-9 auto-cols-fr grid-flow-col gap-0.5 rounded-lg bg-secondary p-1">
        {choices.map(({ status, text }) => (
          <label
            key={text}
            className="grid cursor-pointer place-items-center whitespace-nowrap rounded-md px-2.5 font-medium text-[0.8125rem] text-muted-foreground transition-colors hover:text-foreground has-checked:bg-card has-checked:text-foreground has-checked:shadow-card has-focus-visible:outline-2 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name={name}
              className="sr-only"
              checked={value === status}
              onChange={() => onChange(status)}
            />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
