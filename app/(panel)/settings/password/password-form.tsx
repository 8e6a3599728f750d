"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { fieldError } from "@/components/ui/field-error";
import { FormMessage } from "@/components/ui/form-message";
import { PasswordInput } from "@/components/ui/password-input";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { FieldMessage } from "@/lib/errors";
import { useAction } from "../../use-action";
import { changePasswordAction } from "./actions";

type Refusal = { message: string; errors: FieldMessage[] };

/** Changes one's own password; `nextPath` is where to go then, where the page itself has done its work. */
export function PasswordForm({ email, nextPath }: { email: string; nextPath?: string }) {
  const t = useTranslations("password");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, startTransition] = useTransition();
  const isHydrated = useIsHydrated();
  const changePassword = useAction(changePasswordAction);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const [current_password, new_password, repeated] = ["current", "new", "repeated"].map((name) =>
      String(new FormData(form).get(name)),
    );
    if (new_password !== repeated) {
      return setRefusal({ message: t("mismatch"), errors: [{ path: "repeated", message: t("mismatch") }] });
    }
    startTransition(async () => {
      const result = await changePassword({
        current_password: current_password ?? "",
        new_password: new_password ?? "",
      });
      if (!result.ok) return setRefusal(result);
      setRefusal(null);
      form.reset();
      // A full load: what was kept back until then is rendered now.
      if (nextPath) return window.location.assign(nextPath);
      toast.success(t("changed"));
    });
  };
  const errors = refusal?.errors ?? [];

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {refusal && errors.length === 0 && <FormMessage>{refusal.message}</FormMessage>}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("current")} error={fieldError(errors, "current_password")} isRequired>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" />}
      </Field>
      <Field label={t("new")} hint={t("newHint")} error={fieldError(errors, "new_password")} isRequired>
        {(control) => <PasswordInput {...control} name="new" autoComplete="new-password" />}
      </Field>
      <Field label={t("repeat")} error={fieldError(errors, "repeated")} isRequired>
        {(control) => <PasswordInput {...control} name="repeated" autoComplete="new-password" />}
      </Field>
      <Button type="submit" isBusy={isBusy} disabled={!isHydrated} className="justify-self-start">
        {t("submit")}
      </Button>
    </form>
  );
}
