"use client";

import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { SecretOnce } from "@/components/ui/secret-once";

type SecretDialogProps = {
  title: string;
  description: string;
  secret: string;
  closeLabel: string;
  onClose: () => void;
};

/** Shows a new secret once. It closes by its buttons only: a stray click or Esc must not lose it. */
export function SecretDialog({ title, description, secret, closeLabel, onClose }: SecretDialogProps) {
  return (
    <Dialog open onOpenChange={(isOpen) => isOpen || onClose()}>
      <DialogContent
        onInteractOutside={(event) => event.preventDefault()}
        onEscapeKeyDown={(event) => event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{description}</DialogDescription>
        </DialogHeader>
        <SecretOnce text={secret} />
        <DialogFooter>
          <Button onClick={onClose}>{closeLabel}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
