import { useTranslations } from "next-intl";
import { CheckRow } from "./check-row";
import type { SectionProps } from "./section-props";
import { Step } from "./step";

const EVENTS = ["created", "updated", "status_changed", "cancelled"] as const;

/** «Выберите события для отправки» of the guide. */
export function EventsStep({ draft, onChange }: SectionProps) {
  const t = useTranslations("webhookForm");
  const isNone = EVENTS.every((event) => !draft[`send_on_order_${event}`]);
  return (
    <Step number={4} title={t("events")}>
      <div className="grid gap-3 sm:grid-cols-2">
        {EVENTS.map((event) => (
          <CheckRow
            key={event}
            label={t(`eventLabels.${event}`)}
            hint={t(`eventHints.${event}`)}
            isChecked={draft[`send_on_order_${event}`]}
            onChange={(isChecked) => onChange({ [`send_on_order_${event}`]: isChecked })}
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
