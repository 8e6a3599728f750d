import { useTranslations } from "next-intl";
import { ORDER_EVENT_NAMES } from "@/lib/orders/order-event";
import { tickOf } from "@/lib/webhooks/filters";
import { CheckRow } from "./check-row";
import type { SectionProps } from "./section-props";
import { Step } from "./step";

const TICKS = ORDER_EVENT_NAMES.map(tickOf);

/** «Выберите события для отправки» of the guide. */
export function EventsStep({ draft, onChange }: SectionProps) {
  const t = useTranslations("webhookForm");
  const isNone = TICKS.every((tick) => !draft[tick]);
  return (
    <Step number={5} title={t("events")}>
      <div className="grid gap-3 sm:grid-cols-2">
        {TICKS.map((tick) => (
          <CheckRow
            key={tick}
            label={t(`fields.${tick}`)}
            hint={t(`eventHints.${tick}`)}
            isChecked={draft[tick]}
            onChange={(isChecked) => onChange({ [tick]: isChecked })}
          />
        ))}
      </div>
      {isNone && (
        <p role="status" className="rounded-md bg-warning-soft px-3 py-2 text-[0.8125rem] text-warning">
          {t("noEvents")}
        </p>
      )}
    </Step>
  );
}
