import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { RELIABILITY } from "@/lib/webhooks/plain-fields";
import type { SectionProps } from "./section-props";
import { Step } from "./step";

const FIELDS = ["retry_count", "retry_delay_seconds", "timeout_seconds"] as const;

/** «Настройки надежности» of the guide: its ranges and defaults. */
export function ReliabilityStep({ draft, onChange, errorOf }: SectionProps) {
  const t = useTranslations("webhookForm");
  const retries = Number(draft.retry_count);
  return (
    <Step number={6} title={t("reliability")}>
      <div className="grid items-start gap-4 sm:grid-cols-[1fr_1.4fr_1fr]">
        {FIELDS.map((field) => (
          <Field key={field} label={t(field)} hint={t("range", RELIABILITY[field])} error={errorOf(field)}>
            {(control) => (
              <Input
                {...control}
                name={field}
                inputMode="numeric"
                value={draft[field]}
                onChange={(event) => onChange({ [field]: event.target.value })}
                autoComplete="off"
                className="tabular-nums"
              />
            )}
          </Field>
        ))}
      </div>
      {Number.isInteger(retries) && retries >= 0 && retries <= RELIABILITY.retry_count.max && (
        <p className="text-muted-foreground text-[0.8125rem]">
          {t("retriesMean", { total: retries + 1, retries, seconds: draft.retry_delay_seconds })}
        </p>
      )}
    </Step>
  );
}
