"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { insertPlaceholder } from "./insert-placeholder";
import { PlaceholderList } from "./placeholder-list";
import type { SectionProps } from "./section-props";

const EXAMPLE = `{
  "number": "{{order.readable_number}}",
  "status": "{{order.status}}",
  "text": "Заказ {{order.readable_number}}: {{order.status}}"
}`;

/** A JSON template of the admin's own; a click on a placeholder puts it where the cursor is. */
export function TemplateEditor({ draft, onChange, errorOf }: SectionProps) {
  const t = useTranslations("webhookForm");
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (name: string) => {
    const element = area.current;
    if (!element) return;
    const { selectionStart: from, selectionEnd: to } = element;
    const { text, cursor } = insertPlaceholder({ text: draft.custom_payload_template, from, to, name });
    onChange({ custom_payload_template: text });
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(cursor, cursor);
    });
  };
  return (
    <div className="grid gap-3">
      <Field
        label={t("fields.custom_payload_template")}
        hint={t("templateHint")}
        error={errorOf("custom_payload_template")}
        isRequired
      >
        {(control) => (
          <Textarea
            {...control}
            ref={area}
            name="custom_payload_template"
            value={draft.custom_payload_template}
            onChange={(event) => onChange({ custom_payload_template: event.target.value })}
            placeholder={EXAMPLE}
            spellCheck={false}
            className="min-h-40 font-mono text-xs leading-5"
          />
        )}
      </Field>
      <PlaceholderList onChoose={insert} />
    </div>
  );
}
