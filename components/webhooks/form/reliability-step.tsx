import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NEW_DRAFT } from "@/lib/webhooks/draft";
import { RANGES } from "@/lib/webhooks/fields";
import { CheckRow } from "./check-row";
import type { SectionProps } from "./section-props";
import { Step } from "./step";

const RETRIES = ["retry_count", "retry_delay_seconds", "timeout_seconds"] as const;

/** «Настройки надежности» of the guide: its ranges and defaults; and how far the order and an outage are minded. */
export function ReliabilityStep(props: SectionProps) {
  const { draft, onChange } = props;
  const t = useTranslations("webhookForm");
  const retries = Number(draft.retry_count);
  return (
    <Step title={t("reliability")}>
      <div className="grid items-start gap-4 sm:grid-cols-[1fr_1.4fr_1fr]">
        {RETRIES.map((field) => (
          <NumberField
            key={field}
            {...props}
            field={field}
            hint={t("range", { ...RANGES[field], usual: NEW_DRAFT[field] })}
          />
        ))}
      </div>
      {Number.isInteger(retries) && retries >= 0 && retries <= RANGES.retry_count.max && (
        <p className="text-muted-foreground text-[0.8125rem]">
          {t("retriesMean", { total: retries + 1, retries, seconds: draft.retry_delay_seconds })}
        </p>
      )}
      <div className="sm:max-w-[28rem]">
        <NumberField
          {...props}
          field="give_up_after_minutes"
          hint={t("giveUpHint", RANGES.give_up_after_minutes)}
        />
      </div>
      <CheckRow
        label={t("fields.ordered")}
        hint={t("orderedHint")}
        isChecked={draft.ordered}
        onChange={(ordered) => onChange({ ordered })}
      />
    </Step>
  );
}

type NumberFieldProps = SectionProps & { field: keyof typeof RANGES; hint: string };

function NumberField({ draft, onChange, errorOf, field, hint }: NumberFieldProps) {
  const t = useTranslations("webhookForm");
  return (
    <Field label={t(`fields.${field}`)} hint={hint} error={errorOf(field)}>
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
  );
}
