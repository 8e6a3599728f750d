import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { CheckRow } from "./check-row";
import type { SectionProps } from "./section-props";
import { Step } from "./step";

type BasicsStepProps = SectionProps & { exampleUrl: string; urlNotice: ReactNode };

/** «Заполните основные данные» of the guide. */
export function BasicsStep({ draft, onChange, errorOf, exampleUrl, urlNotice }: BasicsStepProps) {
  const t = useTranslations("webhookForm");
  return (
    <Step number={2} title={t("basics")}>
      <Field label={t("fields.name")} error={errorOf("name")} isRequired>
        {(control) => (
          <Input
            {...control}
            name="name"
            required
            value={draft.name}
            onChange={(event) => onChange({ name: event.target.value })}
            placeholder={t("namePlaceholder")}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label={t("fields.description")} error={errorOf("description")}>
        {(control) => (
          <Textarea
            {...control}
            name="description"
            value={draft.description}
            onChange={(event) => onChange({ description: event.target.value })}
            placeholder={t("descriptionPlaceholder")}
            className="min-h-16"
          />
        )}
      </Field>
      <div className="grid gap-2">
        <Field label={t("fields.webhook_url")} hint={t("urlHint")} error={errorOf("webhook_url")} isRequired>
          {(control) => (
            <Input
              {...control}
              name="webhook_url"
              type="url"
              inputMode="url"
              required
              value={draft.webhook_url}
              onChange={(event) => onChange({ webhook_url: event.target.value })}
              placeholder={exampleUrl}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-[0.8125rem]"
            />
          )}
        </Field>
        {urlNotice}
      </div>
      <CheckRow
        label={t("fields.is_active")}
        hint={t("isActiveHint")}
        isChecked={draft.is_active}
        onChange={(is_active) => onChange({ is_active })}
      />
    </Step>
  );
}
