"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { PasswordInput } from "@/components/ui/password-input";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { Action } from "../../use-action";
import { useFormAction } from "../../use-form-action";

type OwnPasswordFormProps<Data> = {
  text: string;
  submitLabel: string;
  action: Action<{ current_password: string }, Data>;
  onDone: (data: Data) => void;
};

/** Asks for one's own password before the second factor is touched. */
export function OwnPasswordForm<Data>({ text, submitLabel, action, onDone }: OwnPasswordFormProps<Data>) {
  const t = useTranslations("secondFactor");
  const { send, isBusy, message, errorOf } = useFormAction(action);
  const isHydrated = useIsHydrated();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send({ current_password: String(new FormData(event.currentTarget).get("current")) }, onDone);
  };

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <p className="text-muted-foreground">{text}</p>
      {message && <FormMessage>{message}</FormMessage>}
      <Field label={t("password")} error={errorOf("current_password")} isRequired>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" />}
      </Field>
      <Button type="submit" isBusy={isBusy} disabled={!isHydrated} className="justify-self-start">
        {submitLabel}
      </Button>
    </form>
  );
}
