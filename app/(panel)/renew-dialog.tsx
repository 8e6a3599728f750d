"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { SignInForm } from "../(auth)/sign-in/sign-in-form";

type RenewDialogProps = { email: string; onEnd: (isRenewed: boolean) => void };

export function RenewDialog({ email, onEnd }: RenewDialogProps) {
  const t = useTranslations("signIn");
  return (
    <Dialog open onOpenChange={(isStillOpen) => isStillOpen || onEnd(false)}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()} className="max-w-sm">
        <DialogHeader>
          <DialogTitle>{t("renewTitle")}</DialogTitle>
          <DialogDescription>{t("renewText")}</DialogDescription>
        </DialogHeader>
        <SignInForm email={email} onSignedIn={() => onEnd(true)} />
      </DialogContent>
    </Dialog>
  );
}
