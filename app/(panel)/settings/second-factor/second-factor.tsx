"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SecretOnce } from "@/components/ui/secret-once";
import type { SecondFactorSetup } from "@/lib/auth/second-factor/turn-on";
import { useAction } from "../../use-action";
import { startSecondFactorAction, turnOffSecondFactorAction } from "./actions";
import { ConfirmCode } from "./confirm-code";
import { OwnPasswordForm } from "./own-password-form";

/** Off → the password → the secret and a first code → the recovery codes → on; and off again by the password. */
export function SecondFactor({ wasOn }: { wasOn: boolean }) {
  const t = useTranslations("secondFactor");
  const [isOn, setIsOn] = useState(wasOn);
  const [setup, setSetup] = useState<SecondFactorSetup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const startSecondFactor = useAction(startSecondFactorAction);
  const turnOffSecondFactor = useAction(turnOffSecondFactorAction);

  if (codes) {
    return (
      <div className="grid gap-4">
        <h2 className="font-semibold">{t("recoveryTitle")}</h2>
        <p className="text-muted-foreground">{t("recoveryText")}</p>
        <SecretOnce text={codes.join("\n")} />
        <Button className="justify-self-start" onClick={() => setCodes(null)}>
          {t("recoveryDone")}
        </Button>
      </div>
    );
  }
  if (setup) {
    const finish = (made: string[]) => {
      setSetup(null);
      setIsOn(true);
      setCodes(made);
    };
    return <ConfirmCode setup={setup} onCancel={() => setSetup(null)} onDone={finish} />;
  }
  if (!isOn) {
    const start = async (current_password: string) => {
      const result = await startSecondFactor({ current_password });
      if (result.ok) setSetup(result.data);
      return result;
    };
    return <OwnPasswordForm key="on" text={t("offText")} submitLabel={t("turnOn")} onSubmit={start} />;
  }
  const turnOff = async (current_password: string) => {
    const result = await turnOffSecondFactor({ current_password });
    if (!result.ok) return result;
    setIsOn(false);
    toast.success(t("turnedOff"));
    return result;
  };
  return (
    <div className="grid gap-4">
      <Badge variant="success">{t("on")}</Badge>
      <OwnPasswordForm key="off" text={t("onText")} submitLabel={t("turnOff")} onSubmit={turnOff} />
    </div>
  );
}
