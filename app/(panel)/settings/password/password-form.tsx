"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { PasswordInput } from "@/components/ui/password-input";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useFormAction } from "../../use-form-action";
import { changePasswordAction } from "./actions";

/** Changes one's own password; `nextPath` is where to go then, where the page itself has done its work. */
export function PasswordForm({ email, nextPath }: { email: string; nextPath?: string }) {
  const t = useTranslations("password");
  const { send, isBusy, refuse, message, errorOf } = useFormAction(changePasswordAction);
  const isHydrated = useIsHydrated();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const [current_password = "", new_password = "", repeated] = ["current", "new", "repeated"].map((name) =>
      String(new FormData(form).get(name)),
    );
    if (new_password !== repeated) {
      return refuse({ message: t("mismatch"), errors: [{ path: "repeated", message: t("mismatch") }] });
    }
    send({ current_password, new_password }, () => {
      form.reset();
      // A full load: what was kept back until then is rendered now.
      if (nextPath) return window.location.assign(nextPath);
      toast.success(t("changed"));
    });
  };

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {message && <FormMessage>{message}</FormMessage>}
      <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field label={t("current")} error={errorOf("current_password")} isRequired>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" />}
      </Field>
      <Field label={t("new")} hint={t("newHint")} error={errorOf("new_password")} isRequired>
        {(control) => <PasswordInput {...control} name="new" autoComplete="new-password" />}
      </Field>
      <Field label={t("repeat")} error={errorOf("repeated")} isRequired>
        {(control) => <PasswordInput {...control} name="repeated" autoComplete="new-password" />}
      </Field>
      <Button type="submit" isBusy={isBusy} disabled={!isHydrated} className="justify-self-start">
        {t("submit")}
      </Button>
    </form>
  );
}
