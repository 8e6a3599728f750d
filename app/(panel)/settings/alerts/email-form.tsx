"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ChoiceSelect } from "@/components/ui/choice-select";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { EmailFields } from "@/lib/alerts/channel-fields";
import { EMAIL_SECURITY } from "@/lib/alerts/channel-names";
import type { ChannelView } from "@/lib/alerts/get-settings";
import { saveEmailAction } from "./actions";
import { FormFooter } from "./form-footer";
import { useChannelForm } from "./use-channel-form";

const NEW: EmailFields = { is_on: true, host: "", port: 465, security: "tls", user: "", from: "", to: "" };
const PORTS = { tls: "465", starttls: "587", auto: "25" };

export function EmailForm({ channel }: { channel: ChannelView<EmailFields> }) {
  const t = useTranslations("alerts");
  const isSetUp = channel.source === "panel";
  const fields = isSetUp ? channel.fields : NEW;
  const form = useChannelForm({
    initial: { ...fields, port: String(fields.port), smtp_password: "" },
    action: saveEmailAction,
    toInput: (draft) => ({ ...draft, port: Number(draft.port) }),
  });
  const { draft, change, errorOf } = form;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    form.submit({ cleared: { smtp_password: "" } });
  };
  const text = (field: "host" | "user" | "from" | "to", placeholder: string, isRequired = true) => (
    <Field
      label={t(`fields.${field}`)}
      hint={field === "to" ? t("toHint") : undefined}
      error={errorOf(field)}
      isRequired={isRequired}
    >
      {(control) => (
        <Input
          {...control}
          name={field}
          autoComplete="off"
          value={draft[field]}
          placeholder={placeholder}
          onChange={({ target }) => change({ [field]: target.value })}
        />
      )}
    </Field>
  );
  return (
    <form method="post" onSubmit={onSubmit} noValidate className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_6rem]">
        {text("host", "smtp.example.com")}
        <Field label={t("fields.port")} error={errorOf("port")} isRequired>
          {(control) => (
            <Input
              {...control}
              name="port"
              inputMode="numeric"
              value={draft.port}
              onChange={({ target }) => change({ port: target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={t("fields.security")} error={errorOf("security")}>
        {(control) => (
          <ChoiceSelect
            {...control}
            value={draft.security}
            values={EMAIL_SECURITY}
            textOf={(known) => t(`security.${known}`)}
            onChoose={(security) => {
              const isUsual = Object.values(PORTS).includes(draft.port);
              change({ security, ...(isUsual && { port: PORTS[security] }) });
            }}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {text("user", "hooks@example.com", false)}
        <Field
          label={t("fields.smtp_password")}
          hint={isSetUp && channel.hasSecret ? t("secretSet") : undefined}
          error={errorOf("smtp_password")}
        >
          {(control) => (
            <PasswordInput
              {...control}
              name="smtp_password"
              autoComplete="new-password"
              value={draft.smtp_password}
              placeholder={isSetUp && channel.hasSecret ? "••••••••" : undefined}
              onChange={({ target }) => change({ smtp_password: target.value })}
            />
          )}
        </Field>
      </div>
      {text("from", "iiko-webhooks <hooks@example.com>")}
      {text("to", "anna@example.com, ops@example.com")}
      <FormFooter name="email" form={form} isSetUp={isSetUp} />
    </form>
  );
}
