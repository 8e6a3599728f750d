"use client";

import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Input } from "@/components/ui/input";
import { QrCode } from "@/components/ui/qr-code";
import { SecretOnce } from "@/components/ui/secret-once";
import type { SecondFactorSetup } from "@/lib/auth/second-factor/turn-on";
import { useFormAction } from "../../use-form-action";
import { confirmSecondFactorAction } from "./actions";

type ConfirmCodeProps = {
  setup: SecondFactorSetup;
  onCancel: () => void;
  onDone: (recoveryCodes: string[]) => void;
};
/** The secret for the authenticator app, and the first code from it: only then is the second factor on. */
export function ConfirmCode({ setup: { secret, uri, qr, setup }, onCancel, onDone }: ConfirmCodeProps) {
  const t = useTranslations("secondFactor");
  const cancelLabel = useTranslations("common")("cancel");
  const { send, isBusy, message, errorOf } = useFormAction(confirmSecondFactorAction);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code"));
    send({ setup, code }, ({ codes }) => onDone(codes));
  };

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
      {message && <FormMessage>{message}</FormMessage>}
      <Field label={t("code")} hint={t("codeHint")} error={errorOf("code")} isRequired>
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
