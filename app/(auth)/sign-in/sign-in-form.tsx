"use client";

import { signIn } from "next-auth/react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

type SignInFormProps = {
  /** The only user to sign in; without one, anybody may. */
  email?: string;
  onSignedIn: () => void;
};

export function SignInForm({ email: ownEmail, onSignedIn }: SignInFormProps) {
  const t = useTranslations("signIn");
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [needsCode, setNeedsCode] = useState(false);
  const isHydrated = useIsHydrated();

  const explain = (error: string) => {
    const [code, seconds] = error.split(" ");
    if (code === "rate_limited" && Number(seconds) < 60) return t("busy");
    if (code === "rate_limited") return t("limited", { minutes: Math.ceil(Number(seconds) / 60) });
    if (code === "invalid") return t("wrongCode");
    return code === "unauthorized" ? t("wrong") : t("unavailable");
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const email = String(typed.get("email"));
    const password = String(typed.get("password"));
    const code = String(typed.get("code") ?? "").trim();
    if (!email || !password) return setFailure(t("required"));
    if (needsCode && !code) return setFailure(t("codeRequired"));
    setIsBusy(true);
    setFailure(null);
    const given = { email, password, ...(needsCode && { code }), redirect: false as const };
    const result = await signIn("credentials", given).catch(() => undefined);
    if (result?.ok) return onSignedIn();
    setIsBusy(false);
    // The password was right, and this user has a second factor.
    if (result?.error === "code_needed") return setNeedsCode(true);
    setFailure(explain(result?.error ?? ""));
  };

  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      {failure && <FormMessage>{failure}</FormMessage>}
      <Field label={t("email")}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoFocus={ownEmail === undefined}
            defaultValue={ownEmail}
            readOnly={ownEmail !== undefined}
            className="h-10"
          />
        )}
      </Field>
      <Field label={t("password")}>
        {(control) => (
          <PasswordInput
            {...control}
            name="password"
            autoComplete="current-password"
            autoFocus={ownEmail !== undefined}
            className="h-10"
          />
        )}
      </Field>
      {needsCode && (
        <Field label={t("code")} hint={t("codeHint")}>
          {(control) => (
            <Input
              {...control}
              name="code"
              autoComplete="one-time-code"
              autoFocus
              maxLength={24}
              className="h-10 font-mono tracking-widest"
            />
          )}
        </Field>
      )}
      <Button type="submit" isBusy={isBusy} disabled={!isHydrated} className="h-10">
        {t(isBusy ? "submitting" : "submit")}
      </Button>
    </form>
  );
}
