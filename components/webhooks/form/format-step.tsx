import { useTranslations } from "next-intl";
import { PAYLOAD_FORMATS } from "@/lib/payloads/build";
import { CUSTOM_FIELDS, INCLUDABLE_FIELDS } from "@/lib/payloads/custom";
import { CheckRow } from "./check-row";
import { ChoiceCards } from "./choice-cards";
import type { SectionProps } from "./section-props";
import { Step } from "./step";
import { TemplateEditor } from "./template-editor";

const KINDS = ["flat", "template"] as const;

/** «Выберите формат данных» of the guide. */
export function FormatStep(props: SectionProps) {
  const { draft, onChange } = props;
  const t = useTranslations("webhookForm");
  const formats = useTranslations("webhooks.formats");
  return (
    <Step number={3} title={t("fields.payload_format")} hint={t("formatHint")}>
      <ChoiceCards
        label={t("fields.payload_format")}
        value={draft.payload_format}
        onChange={(payload_format) => onChange({ payload_format })}
        options={PAYLOAD_FORMATS.map((value) => ({
          value,
          label: formats(value),
          hint: t(`formatHints.${value}`),
        }))}
        className="sm:grid-cols-2"
      />
      {draft.payload_format === "custom" && (
        <>
          <ChoiceCards
            label={t("customKind")}
            value={draft.custom_kind}
            onChange={(custom_kind) => onChange({ custom_kind })}
            options={KINDS.map((value) => ({
              value,
              label: t(`customKinds.${value}`),
              hint: t(`customKindHints.${value}`),
            }))}
            className="sm:grid-cols-2"
          />
          {draft.custom_kind === "flat" ? <IncludedFields {...props} /> : <TemplateEditor {...props} />}
        </>
      )}
    </Step>
  );
}

/** None chosen means those of the guide, so that is how it starts. */
function IncludedFields({ draft, onChange }: SectionProps) {
  const t = useTranslations("webhookForm");
  const included: readonly string[] =
    draft.include_fields.length === 0 ? CUSTOM_FIELDS : draft.include_fields;
  const toggle = (field: string, isChecked: boolean) => {
    const next = INCLUDABLE_FIELDS.filter((other) =>
      other === field ? isChecked : included.includes(other),
    );
    if (next.length === 0) return;
    onChange({ include_fields: next.join() === CUSTOM_FIELDS.join() ? [] : next });
  };
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-[0.8125rem]">{t("fields.include_fields")}</legend>
      <div className="grid gap-x-4 gap-y-1.5 sm:grid-cols-2 lg:grid-cols-3">
        {INCLUDABLE_FIELDS.map((field) => (
          <CheckRow
            key={field}
            label={<code className="font-mono font-normal text-xs">{field}</code>}
            isChecked={included.includes(field)}
            onChange={(isChecked) => toggle(field, isChecked)}
          />
        ))}
      </div>
    </fieldset>
  );
}
