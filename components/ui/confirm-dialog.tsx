"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useTransition } from "react";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "./alert-dialog";
import { Button } from "./button";
import { DialogFooter } from "./dialog";

export type ConfirmDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description: ReactNode;
  confirmLabel: string;
  /** Awaited with the button busy; the dialog closes afterwards, whatever came of it. */
  onConfirm: () => Promise<unknown>;
  variant?: "danger" | "primary";
};

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  isOpen,
  onOpenChange,
  title,
  description,
  confirmLabel,
  onConfirm,
  variant = "danger",
}: ConfirmDialogProps) {
  const t = useTranslations("common");
  const [isBusy, startTransition] = useTransition();
  const confirm = () =>
    startTransition(async () => {
      await onConfirm();
      onOpenChange(false);
    });
  return (
    // What comes of it may be a secret that is shown once: it is not left before it is there.
    <AlertDialog open={isOpen} onOpenChange={(isStillOpen) => isBusy || onOpenChange(isStillOpen)}>
      <AlertDialogContent>
        <div className="grid gap-1.5">
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{description}</AlertDialogDescription>
        </div>
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button variant="outline">{t("cancel")}</Button>
          </AlertDialogCancel>
          <Button variant={variant} isBusy={isBusy} onClick={confirm}>
            {confirmLabel}
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
