"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { fieldError } from "@/components/ui/field-error";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { QrCode } from "@/components/ui/qr-code";
import { SecretOnce } from "@/components/ui/secret-once";
import type { SecondFactorSetup } from "@/lib/auth/second-factor/turn-on";
import type { ActionResult } from "../../action";
import { useAction } from "../../use-action";
import { confirmSecondFactorAction } from "./actions";

type ConfirmCodeProps = {
  setup: SecondFactorSetup;
  onCancel: () => void;
  onDone: (recoveryCodes: string[]) => void;
};
type Refusal = Extract<ActionResult<unknown>, { ok: false }>;

/** The secret for the authenticator app, and the first code from it: only then is the second factor on. */
export function ConfirmCode({ setup: { secret, uri, qr, setup }, onCancel, onDone }: ConfirmCodeProps) {
  const t = useTranslations("secondFactor");
  const cancelLabel = useTranslations("common")("cancel");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, startTransition] = useTransition();
  const confirmSecondFactor = useAction(confirmSecondFactorAction);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    startTransition(async () => {
      const result = await confirmSecondFactor({ setup, code });
      if (!result.ok) return setRefusal(result);
      onDone(result.data.codes);
    });
  };
  const errors = refusal?.errors ?? [];
  return (
    <form method="post" onSubmit={submit} noValidate className="grid gap-4">
      <p className="text-muted-foreground">{t("setupText")}</p>
      <QrCode {...qr} label={t("qr")} />
      <p className="text-muted-foreground">{t("byHand")}</p>
      <SecretOnce text={secret} />
      <p>
        <a href={uri} className="font-medium text-primary underline underline-offset-4">
          {t("openApp")}
        </a>
      </p>
      {refusal && errors.length === 0 && <FormMessage>{refusal.message}</FormMessage>}
      <Field label={t("code")} hint={t("codeHint")} error={fieldError(errors, "code")} isRequired>
        {(control) => (
          <Input
            {...control}
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={7}
            className="max-w-40 font-mono tracking-widest"
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" isBusy={isBusy}>
          {t("confirm")}
        </Button>
        <Button variant="outline" onClick={onCancel} type="button">
          {cancelLabel}
        </Button>
      </div>
    </form>
  );
}
