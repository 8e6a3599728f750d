"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import type { TelegramFields } from "@/lib/alerts/channel-fields";
import type { ChannelView } from "@/lib/alerts/get-settings";
import { saveTelegramAction } from "./actions";
import { FormFooter } from "./form-footer";
import { useChannelForm } from "./use-channel-form";

const NEW: TelegramFields = { is_on: true, chat_id: "", api_url: "" };

export function TelegramForm({ channel }: { channel: ChannelView<TelegramFields> }) {
  const t = useTranslations("alerts");
  const isSetUp = channel.source === "panel";
  const initial = { ...(isSetUp ? channel.fields : NEW), bot_token: "" };
  const form = useChannelForm({ initial, action: saveTelegramAction, toInput: (draft) => draft });
  const { draft, change, errorOf } = form;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    form.submit({ cleared: { bot_token: "" } });
  };
  return (
    <form method="post" onSubmit={onSubmit} noValidate className="grid gap-4">
      <p className="text-muted-foreground">{t("telegramText")}</p>
      <Field
        label={t("fields.bot_token")}
        hint={isSetUp ? t("secretSet") : undefined}
        error={errorOf("bot_token")}
        isRequired={!isSetUp}
      >
        {(control) => (
          <PasswordInput
            {...control}
            name="bot_token"
            autoComplete="off"
            value={draft.bot_token}
            placeholder={isSetUp ? "••••••••" : "123456789:AAE…"}
            onChange={({ target }) => change({ bot_token: target.value })}
          />
        )}
      </Field>
      <Field label={t("fields.chat_id")} hint={t("chatIdHint")} error={errorOf("chat_id")} isRequired>
        {(control) => (
          <Input
            {...control}
            name="chat_id"
            value={draft.chat_id}
            onChange={({ target }) => change({ chat_id: target.value })}
          />
        )}
      </Field>
      <Field label={t("fields.api_url")} hint={t("apiUrlHint")} error={errorOf("api_url")}>
        {(control) => (
          <Input
            {...control}
            name="api_url"
            inputMode="url"
            value={draft.api_url}
            placeholder="https://api.telegram.org"
            onChange={({ target }) => change({ api_url: target.value })}
          />
        )}
      </Field>
      <FormFooter name="telegram" form={form} isSetUp={isSetUp} />
    </form>
  );
}
