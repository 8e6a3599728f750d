"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SecretOnce } from "@/components/ui/secret-once";
import type { SecondFactorSetup } from "@/lib/auth/second-factor/turn-on";
import { startSecondFactorAction, turnOffSecondFactorAction } from "./actions";
import { ConfirmCode } from "./confirm-code";
import { OwnPasswordForm } from "./own-password-form";

/** Off → the password → the secret and a first code → the recovery codes → on; and off again by the password. */
export function SecondFactor({ wasOn }: { wasOn: boolean }) {
  const t = useTranslations("secondFactor");
  const [isOn, setIsOn] = useState(wasOn);
  const [setup, setSetup] = useState<SecondFactorSetup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);

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
    return (
      <OwnPasswordForm
        key="on"
        text={t("offText")}
        submitLabel={t("turnOn")}
        action={startSecondFactorAction}
        onDone={setSetup}
      />
    );
  }
  const noteOff = () => {
    setIsOn(false);
    toast.success(t("turnedOff"));
  };
  return (
    <div className="grid gap-4">
      <Badge variant="success">{t("on")}</Badge>
      <OwnPasswordForm
        key="off"
        text={t("onText")}
        submitLabel={t("turnOff")}
        action={turnOffSecondFactorAction}
        onDone={noteOff}
      />
    </div>
  );
}
