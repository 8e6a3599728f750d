"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { CheckRow } from "@/components/webhooks/form/check-row";
import { ALERT_KINDS, type AlertRules } from "@/lib/alerts/rules";
import { LANGUAGES, LOCALES, toLocale } from "@/lib/i18n/locales";
import { saveAlertRulesAction } from "./actions";
import { useChannelForm } from "./use-channel-form";

const NUMBERS = ["failures_in_row", "success_rate_below", "down_minutes"] as const;

/** What is told and when, by whichever channel. */
export function RulesForm({ rules }: { rules: AlertRules }) {
  const t = useTranslations("alerts");
  const form = useChannelForm({
    initial: {
      failures_in_row: String(rules.failures_in_row),
      success_rate_below: String(rules.success_rate_below),
      down_minutes: String(rules.down_minutes),
      kinds: rules.kinds,
      language: rules.language,
    },
    action: saveAlertRulesAction,
    toInput: ({ kinds, language, ...numbers }) => ({
      kinds,
      language,
      failures_in_row: toNumber(numbers.failures_in_row),
      success_rate_below: toNumber(numbers.success_rate_below),
      down_minutes: toNumber(numbers.down_minutes),
    }),
  });
  const { draft, change, errorOf } = form;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    form.submit({ cleared: {} });
  };
  return (
    <Card className="xl:col-span-2">
      <CardHeader>
        <CardTitle>{t("rules")}</CardTitle>
      </CardHeader>
      <CardContent>
        <form method="post" onSubmit={onSubmit} noValidate className="grid gap-5">
          <fieldset className="grid gap-3 lg:grid-cols-2">
            <legend className="mb-2 font-medium text-[0.8125rem]">{t("kindsLegend")}</legend>
            {ALERT_KINDS.map((kind) => (
              <CheckRow
                key={kind}
                label={t(`kinds.${kind}`)}
                hint={t(`kindHints.${kind}`)}
                isChecked={draft.kinds[kind]}
                onChange={(isOn) => change({ kinds: { ...draft.kinds, [kind]: isOn } })}
              />
            ))}
          </fieldset>
          <div className="grid gap-4 lg:grid-cols-3">
            {NUMBERS.map((field) => (
              <Field
                key={field}
                label={t(`fields.${field}`)}
                hint={t(`ruleHints.${field}`)}
                error={errorOf(field)}
              >
                {(control) => (
                  <Input
                    {...control}
                    name={field}
                    inputMode="numeric"
                    className="max-w-32"
                    value={draft[field]}
                    onChange={({ target }) => change({ [field]: target.value })}
                  />
                )}
              </Field>
            ))}
          </div>
          <Field label={t("fields.language")} hint={t("ruleHints.language")} className="max-w-xs">
            {(control) => (
              <NativeSelect
                {...control}
                name="language"
                value={draft.language}
                onChange={({ target }) => change({ language: toLocale(target.value) })}
              >
                {LOCALES.map((locale) => (
                  <option key={locale} value={locale} lang={locale}>
                    {LANGUAGES[locale]}
                  </option>
                ))}
              </NativeSelect>
            )}
          </Field>
          {form.message && <FormMessage>{form.message}</FormMessage>}
          <Button type="submit" isBusy={form.isBusy} disabled={!form.isDirty} className="justify-self-start">
            {t("save")}
          </Button>
        </form>
      </CardContent>
    </Card>
  );
}

// An empty field is no zero.
function toNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
