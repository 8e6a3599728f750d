"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { SecretDialog } from "../../settings/secret-dialog";
import { useAction } from "../../use-action";
import { rotateSecretAction } from "../actions";

/** Asks, replaces the signing secret at once, and shows the new one this one time. */
export function RotateSecret({ webhookId, onClose }: { webhookId: number; onClose: () => void }) {
  const t = useTranslations("webhookForm");
  const [secret, setSecret] = useState<string | null>(null);
  const rotateSecret = useAction(rotateSecretAction);
  // The question closes itself after its answer, which must not close the answer.
  const isRotated = useRef(false);
  const rotate = async () => {
    const answer = await rotateSecret({ webhookId });
    if (answer.ok) {
      isRotated.current = true;
      return setSecret(answer.data.secret);
    }
    toast.error(answer.message);
    onClose();
  };
  if (secret !== null) {
    return (
      <SecretDialog
        title={t("rotatedTitle")}
        description={t("rotatedText")}
        secret={secret}
        closeLabel={t("rotatedDone")}
        onClose={onClose}
      />
    );
  }
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => isOpen || isRotated.current || onClose()}
      title={t("rotateTitle")}
      description={t("rotateText")}
      confirmLabel={t("rotate")}
      onConfirm={rotate}
      variant="primary"
    />
  );
}
