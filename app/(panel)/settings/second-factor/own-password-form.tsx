"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { fieldError } from "@/components/ui/field-error";
import { FormMessage } from "@/components/ui/form-message";
import { PasswordInput } from "@/components/ui/password-input";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionResult } from "../../action";

type OwnPasswordFormProps = {
  text: string;
  submitLabel: string;
  onSubmit: (currentPassword: string) => Promise<ActionResult<unknown>>;
};
type Refusal = Extract<ActionResult<unknown>, { ok: false }>;

/** Asks for one's own password before the second factor is touched. */
export function OwnPasswordForm({ text, submitLabel, onSubmit }: OwnPasswordFormProps) {
  const t = useTranslations("secondFactor");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, startTransition] = useTransition();
  const isHydrated = useIsHydrated();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("current"));
    startTransition(async () => {
      const result = await onSubmit(typed);
      setRefusal(result.ok ? null : result);
    });
  };
  const errors = refusal?.errors ?? [];
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <p className="text-muted-foreground">{text}</p>
      {refusal && errors.length === 0 && <FormMessage>{refusal.message}</FormMessage>}
      <Field label={t("password")} error={fieldError(errors, "current_password")} isRequired>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" />}
      </Field>
      <Button type="submit" isBusy={isBusy} disabled={!isHydrated} className="justify-self-start">
        {submitLabel}
      </Button>
    </form>
  );
}
